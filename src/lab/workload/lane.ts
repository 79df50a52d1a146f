import { createServer } from 'node:http';
import type { LabTransport } from '../lab-log.ts';
import { type BufferingProxy, createBufferingProxy } from './buffering-proxy.ts';
import type { Certificate } from './certificate.ts';
import { createFront, type Front } from './front.ts';
import { createLaneStory, type LaneStory } from './lane-story.ts';
import { chanceOf } from './schedule.ts';
import { serveLaneHttp } from './serve-lane-http.ts';
import { createLaneWebSockets } from './serve-lane-websocket.ts';
import type { RunPlan, WorkloadFaults } from './workload.ts';

/** One transport's share of a run: its own server, port and count. */
export interface Lane {
  readonly transport: LabTransport;
  readonly front: Front;
  readonly story: LaneStory;
  readonly close: () => Promise<void>;
}

export async function createLane(
  transport: LabTransport,
  { workload, faults, http }: RunPlan,
  certificate: Certificate,
): Promise<Lane> {
  const story = createLaneStory(workload);
  let sinceLoss = 0;
  const context = {
    story,
    carried: (messages: number): void => {
      sinceLoss += messages;
      if (faults.lose === 0 || sinceLoss < faults.lose) return;
      sinceLoss = 0;
      front.cutAfterNext();
    },
    forget: (): void => front.forget(),
  };
  const sockets = createLaneWebSockets(context);
  const own = {
    request: (...[request, response]: Parameters<BufferingProxy['request']>): void => {
      void serveLaneHttp(context, request, response).catch(() => response.end());
    },
    upgrade: sockets.upgrade,
  };
  const behind = faults.buffer > 0 ? await putProxyBefore(own, faults) : undefined;
  const { request, upgrade } = behind?.proxy ?? own;
  const front = await createFront({
    certificate: http === '2' ? certificate : undefined,
    hasWebSocket: transport === 'websocket',
    delay: delayOf(faults, workload.seed),
    onRequest: request,
    onUpgrade: upgrade,
    onConnect: sockets.connect,
  });
  return {
    transport,
    front,
    story,
    close: async () => {
      story.end();
      await Promise.all([front.close(), behind?.close()]);
    },
  };
}

/** The endpoints move to a server of their own, which only the proxy knows. */
async function putProxyBefore(
  own: BufferingProxy,
  { buffer, bufferTime }: WorkloadFaults,
): Promise<{ proxy: BufferingProxy; close: () => Promise<void> }> {
  const server = createServer();
  server.on('request', own.request);
  server.on('upgrade', own.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    proxy: createBufferingProxy(port, { bytes: buffer, time: bufferTime }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function delayOf({ delay, jitter }: WorkloadFaults, seed: number): (() => number) | undefined {
  if (delay + jitter === 0) return undefined;
  let index = 0;
  return () => delay + jitter * chanceOf(seed, 0x71e7, index++);
}
