import { connectCdp } from './cdp.ts';
import type { LabBrowser } from './launch.ts';

/**
 * Stops the extension's service worker, as the browser does when it was idle for 30 s.
 * @throws when it does not run
 */
export async function stopHub(browser: LabBrowser): Promise<void> {
  const version = await fetch(`http://127.0.0.1:${browser.debuggingPort}/json/version`);
  const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
  const root = await connectCdp(webSocketDebuggerUrl);
  const { targetInfos } = await root.send<{
    targetInfos: { targetId: string; type: string; url: string }[];
  }>('Target.getTargets');
  const hub = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.includes(browser.extensionId),
  );
  if (hub === undefined) {
    root.close();
    throw new Error('The hub does not run.');
  }
  await root.send('Target.closeTarget', { targetId: hub.targetId });
  root.close();
}
