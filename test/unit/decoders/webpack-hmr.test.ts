import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../../src/core/decoded/decoded.ts';
import { chooseDecoders } from '../../../src/decoders/choose.ts';
import { webpackHmr } from '../../../src/decoders/webpack-hmr.ts';
import { webpackHmrCodec } from '../../../src/decoders/webpack-hmr-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/ws' } as const;
const received = (message: unknown): WireMessage => ({
  direction: 'received',
  payload: typeof message === 'string' ? message : JSON.stringify(message),
});
const read = (message: unknown) => webpackHmrCodec.createReader(carrier).read(received(message));
const lines = (message: unknown) => linesOf(read(message));
const claim = (...messages: unknown[]) =>
  webpackHmr.recognise({ ...carrier, samples: messages.map(received) })?.confidence;

const HASH = { type: 'hash', data: 'd7e24fac2ef76775aea5' };

describe('webpack HMR', () => {
  it('says how far a build is', () => {
    const data = { percent: 40, msg: 'building', pluginName: 'copy' };
    expect(lines({ type: 'progress-update', data })).toEqual([
      'webpack-hmr: progress-update “copy” 40 % “building” | “progress-update”',
    ]);
  });

  it('carries the data as it stands, and tells the parameters', () => {
    const payload =
      '{"type":"warnings", "data": [ {"x":1.0} ], "params":{"preventReloading":true}}';
    expect(lines(payload)).toEqual(['webpack-hmr: warnings (1) | “warnings”']);
    const [layer] = read(payload).parts[0]?.layers ?? [];
    expect(layer?.content).toEqual({ as: 'json', text: '[ {"x":1.0} ]' });
    expect(layer?.fields).toEqual({
      entries: [
        ['type', 'warnings'],
        ['params', '{"preventReloading":true}'],
      ],
    });
  });

  it('counts the problems of a bundle by its name', () => {
    const bundle = { name: 'app', action: 'built', hash: HASH.data, errors: ['a', 'b'] };
    expect(lines({ ...bundle, warnings: ['c'], modules: {} })).toEqual([
      'webpack-hmr: built “app” errors (2), warnings (1) | “built”',
    ]);
  });

  it('names messages of plugins by their own type or action', () => {
    expect(lines({ type: 'app:said', data: 1 })).toEqual(['webpack-hmr: app:said 1 | “app:said”']);
    expect(lines({ action: 'reload' })).toEqual(['webpack-hmr: reload | “reload”']);
    expect(lines({ said: 1 })).toEqual([
      'failure at 0 in webpack-hmr: an object that the protocol does not know',
    ]);
  });

  it('is recognised by the words that only webpack has', () => {
    expect(claim({ type: 'invalid' }, HASH, { type: 'ok' })).toBe(0.85);
    expect(claim({ type: 'hot' }, { type: 'liveReload' })).toBe(0.85);
    expect(claim({ type: 'progress-update', data: { percent: 3, msg: 'setup' } })).toBe(0.85);
  });

  it('is not taken for what others say, too', () => {
    expect(claim({ type: 'ok' }, { type: 'error', data: 'no' }, { type: 'close' })).toBeUndefined();
    expect(claim({ type: 'hash', data: 'tea' })).toBeUndefined();
    expect(claim({ ...HASH, of: 'file' })).toBeUndefined();
    expect(claim({ action: 'sync', hash: HASH.data })).toBeUndefined();
    expect(claim('💓', '💓')).toBeUndefined();
    const samples = [{ ...received(HASH), direction: 'sent' as const }];
    expect(webpackHmr.recognise({ ...carrier, samples })).toBeUndefined();
  });

  it('is found inside SockJS', async () => {
    const frame = (message: unknown) => `a${JSON.stringify([JSON.stringify(message)])}`;
    const samples = ['o', frame({ type: 'hot' }), frame({ type: 'liveReload' }), frame(HASH)];
    const url = 'ws://host/ws/123/abcdefgh/websocket';
    const choice = await chooseDecoders({ ...carrier, url }, samples.map(received));
    expect(choice?.stack).toEqual(['sockjs', 'webpack-hmr']);
  });
});
