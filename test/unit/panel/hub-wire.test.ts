import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HubToPanel } from '../../../src/bridge/envelope.ts';
import { createHubWire } from '../../../src/panel/state/hub-wire.ts';
import { type FakePort, fakeWires } from '../../builders/fake-ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function aWire() {
  const { pair, deliver } = fakeWires();
  const hubs: { port: FakePort; heard: unknown[] }[] = [];
  const heard: HubToPanel[] = [];
  const onLost = vi.fn();
  let isDeaf = false;
  const wire = createHubWire({
    connect: () => {
      const [mine, port] = pair();
      const said: unknown[] = [];
      port.onMessage.addListener((message) => {
        said.push(message);
        if (!isDeaf) port.postMessage({ kind: 'alive' });
      });
      hubs.push({ port, heard: said });
      return mine as never;
    },
    tab: 7,
    hear: (envelope) => heard.push(envelope),
    onLost,
  });
  return {
    wire,
    hubs,
    heard,
    onLost,
    deliver,
    goDeaf: () => (isDeaf = true),
    /** Lets so many heartbeats pass, each with time for its answer. */
    beat: (times: number) => {
      for (let i = 0; i < times; i += 1) {
        deliver();
        vi.advanceTimersByTime(5_000);
      }
    },
    heardBy: (hub: number) => {
      deliver();
      return hubs[hub]?.heard.splice(0);
    },
  };
}

const watch = { kind: 'watch', tab: 7 };
const heartbeat = { kind: 'heartbeat' };

describe('the wire to the hub', () => {
  it('watches its tab when it opens, once', () => {
    const { wire, hubs, heard, heardBy, deliver } = aWire();
    wire.open();
    wire.open();
    expect(hubs).toHaveLength(1);
    expect(heardBy(0)).toEqual([watch]);
    hubs[0]?.port.postMessage({ kind: 'relay-left', relay: 1 });
    deliver();
    expect(heard).toEqual([{ kind: 'relay-left', relay: 1 }]);
  });

  it('keeps the hub awake while it is open', () => {
    const { wire, heardBy, beat } = aWire();
    wire.open();
    beat(3);
    expect(heardBy(0)).toEqual([watch, heartbeat, heartbeat, heartbeat]);
    wire.close();
    vi.advanceTimersByTime(60_000);
    expect(heardBy(0)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('connects anew when the hub goes away, with one heart', () => {
    const { wire, hubs, heardBy, onLost, deliver } = aWire();
    wire.open();
    heardBy(0);
    hubs[0]?.port.disconnect();
    deliver();
    expect(onLost).toHaveBeenCalledOnce();
    expect(heardBy(1)).toEqual([watch]);
    vi.advanceTimersByTime(5_000);
    expect(heardBy(1)).toEqual([heartbeat]);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('connects anew when the hub no longer answers, though its port stays', () => {
    const { wire, hubs, heardBy, onLost, goDeaf, beat } = aWire();
    wire.open();
    beat(2);
    expect(hubs).toHaveLength(1);
    goDeaf();
    beat(2);
    expect(onLost).toHaveBeenCalled();
    expect(heardBy(1)).toEqual([watch]);
  });

  it('says nothing when it is closed, and does not come back', () => {
    const { wire, hubs, onLost, heardBy } = aWire();
    wire.open();
    heardBy(0);
    wire.close();
    wire.send({ kind: 'heartbeat' });
    expect(heardBy(0)).toEqual([]);
    expect(hubs).toHaveLength(1);
    expect(onLost).not.toHaveBeenCalled();
    wire.open();
    expect(heardBy(1)).toEqual([watch]);
  });

  it('swallows what it says to a hub that has just died', () => {
    const { pair } = fakeWires();
    const [mine] = pair();
    const connect = () => mine as never;
    const ignore = () => undefined;
    const wire = createHubWire({ connect, tab: 7, hear: ignore, onLost: ignore });
    wire.open();
    mine.disconnect();
    expect(() => wire.send({ kind: 'heartbeat' })).not.toThrow();
    wire.close();
  });
});
