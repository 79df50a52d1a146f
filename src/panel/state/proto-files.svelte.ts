import browser from 'webextension-polyfill';
import { createProtoStore, type ProtoFiles } from './proto-store.ts';

/** The user's `.proto` files in the extension's storage. @param look at files, in the thread that has the parser */
export function createProtoFiles(look: ProtoFiles['look']): ProtoFiles {
  const { local } = browser.storage;
  let changes = $state(0);
  const store = createProtoStore({ storage: local, look, onChange: () => (changes += 1) });
  local.onChanged.addListener(store.take);
  return {
    ...store,
    of: (site) => {
      void changes;
      return store.of(site);
    },
  };
}
