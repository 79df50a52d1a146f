import { describe, expect, it } from 'vitest';
import type { ConstructorName, Fact } from '../../../src/core/facts.ts';
import { computeNotSeen } from '../../../src/core/not-seen.ts';
import { sessionOf } from '../../builders/session.ts';

const PAGE = 'https://shop.test/';
const frameAdded = (frame: number, frameKind: 'top' | 'iframe' | 'popup'): Fact => ({
  kind: 'frame-added',
  frame,
  at: 0,
  url: frame === 1 ? PAGE : `${PAGE}${frame}`,
  frameKind,
});
const replaced = (frame: number, name: ConstructorName): Fact => ({
  kind: 'constructor-replaced',
  frame,
  at: 1,
  name,
});
const connected = (frame: number): Fact => ({
  kind: 'connection-created',
  connection: 1,
  frame,
  at: 2,
  transport: 'websocket',
  url: 'wss://shop.test/',
  source: 'page',
});
const gapsOf = (...facts: Fact[]) => computeNotSeen(sessionOf(facts));

describe('a constructor that a page put its own in the place of', () => {
  it('is told once, with what shows where it comes from', () => {
    const facts = [frameAdded(1, 'top'), replaced(1, 'WebSocket'), replaced(1, 'WebSocket')];
    const gaps = gapsOf(...facts);
    expect(gaps).toMatchObject([{ action: 'inspect', inspected: { expression: 'WebSocket' } }]);
    expect(gaps[0]?.what).toBe(`connections that ${PAGE} makes with a WebSocket of its own`);
  });

  it('is looked at in its own document, where the console reaches that', () => {
    const frames = [frameAdded(1, 'top'), frameAdded(2, 'iframe'), frameAdded(3, 'popup')];
    const gaps = gapsOf(...frames, replaced(2, 'EventSource'), replaced(3, 'EventSource'));
    expect(gaps.map(({ inspected }) => inspected)).toEqual([
      { expression: 'EventSource', frame: `${PAGE}2` },
      undefined,
    ]);
  });

  it('hides nothing once a connection comes through the browser’s, in its document and transport', () => {
    const both = [frameAdded(1, 'top'), frameAdded(2, 'iframe'), replaced(1, 'WebSocket')];
    expect(gapsOf(...both, connected(1))).toEqual([]);
    expect(gapsOf(...both, connected(2))).toHaveLength(1);
    expect(gapsOf(...both, replaced(1, 'EventSource'), connected(1))).toHaveLength(1);
  });

  it('is no loss of a document that went away', () => {
    const facts = [frameAdded(1, 'top'), frameAdded(2, 'iframe'), replaced(2, 'WebSocket')];
    expect(gapsOf(...facts, { kind: 'frame-removed', frame: 2, at: 3 })).toEqual([]);
  });
});
