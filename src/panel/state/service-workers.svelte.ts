import type { LogEntry } from '../../core/network-log/log-entry.ts';
import { serviceWorkerScript } from '../../core/network-log/service-worker-script.ts';
import type { Session } from '../../core/session.ts';
import { evaluateInPage, type InspectedWindow } from './evaluate.ts';

/** The service workers that we know of and cannot see into. */
export interface ServiceWorkers {
  /** Their scripts. */
  readonly scripts: readonly string[];
  hear: (entry: LogEntry) => void;
}

export interface ServiceWorkersOptions {
  inspectedWindow: InspectedWindow;
  session: () => Session | undefined;
}

/** In the world of our relay, where no code of the page notices; Firefox has no such evaluation. */
const CONTROLLER = `navigator.serviceWorker?.controller?.scriptURL ?? ''`;
const IN_RELAY = { useContentScriptContext: true };

export function createServiceWorkers(options: ServiceWorkersOptions): ServiceWorkers {
  const { inspectedWindow, session } = options;
  let scripts = $state.raw<readonly string[]>([]);

  function add(script: unknown): void {
    if (typeof script !== 'string' || script === '' || scripts.includes(script)) return;
    scripts = [...scripts, script];
  }

  /** An answer that comes when another session has begun is of a page that is gone. */
  async function askController(current: Session): Promise<void> {
    const script = await evaluateInPage(inspectedWindow, CONTROLLER, IN_RELAY);
    if (session() === current) add(script);
  }

  $effect(() => {
    const current = session();
    scripts = [];
    if (current !== undefined) void askController(current);
  });

  return {
    get scripts() {
      return scripts;
    },
    hear: (entry) => {
      // The log goes back further than the session, and tells some requests long after they were made.
      if (entry.startedAt >= (session()?.header.startedAt ?? Infinity)) {
        add(serviceWorkerScript(entry));
      }
    },
  };
}
