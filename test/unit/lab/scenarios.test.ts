import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { isLabEndpoint, parseFaults } from '../../../src/lab/faults.ts';
import { SCENARIOS } from '../../../src/lab/scenarios.ts';
import { sseSequence, SEQUENCE_END, SEQUENCE_TYPES } from '../../../src/lab/sse-sequence.ts';
import { startLab } from './lab-clients.ts';

describe('scenarios', () => {
  test('every scenario has an id of its own and words for people', () => {
    expect(new Set(SCENARIOS.map((scenario) => scenario.id)).size).toBe(SCENARIOS.length);
    for (const { title, about, lookFor } of SCENARIOS) {
      expect([title, about, lookFor].every((words) => words.length > 5)).toBe(true);
    }
  });

  const lanes = SCENARIOS.flatMap((scenario) => scenario.lanes.map((lane) => lane.endpoint));
  test.each(lanes)('the server understands %s', (endpoint) => {
    const { pathname, searchParams } = new URL(endpoint, 'http://lab.invalid');
    searchParams.set('key', 'page');
    if (!isLabEndpoint(pathname)) throw new Error(`${pathname} is no endpoint`);
    expect(parseFaults(pathname, searchParams)).toMatchObject({ ok: true });
  });

  test('the sequence ends as it says, with the types that it says', () => {
    const types = sseSequence(false).map((event) => event.type ?? 'message');
    expect(types.at(-1)).toBe(SEQUENCE_END);
    expect(new Set(types)).toEqual(new Set(['message', ...SEQUENCE_TYPES]));
  });
});

describe('pages', () => {
  test('every page is served with all the scripts and styles that it names', async () => {
    const lab = await startLab();
    const seen = new Set<string>();
    const open = SCENARIOS.map((scenario) => scenario.page).concat('/', '/frames/leaf');
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await fetch(lab.origin + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const text = await response.text();
      const named = [...text.matchAll(/(?:src|href)="(\/(?:lab|frames)[^"]*)"|from '(\.[^']+)'/gu)];
      open.push(
        ...named.map(([, absolute, relative = '']) => {
          const { pathname, search } = new URL(absolute ?? relative, lab.origin + path);
          return pathname + search;
        }),
      );
    }
    expect(seen).toContain('/lab/pages/websocket-client.ts');
    expect(seen).toContain('/frames-first/frame?frame=same-origin');
  });

  test('the first script of a frame is classic, whole and free of module syntax', async () => {
    const lab = await startLab();
    const html = await (await fetch(`${lab.origin}/frames-first`)).text();
    const [, first = ''] = /<script id="first" >\n([^]*?)<\/script>/u.exec(html) ?? [];
    expect(first).toContain('payloadZoo');
    expect(first).not.toMatch(/^(?:import|export)\b/mu);
    expect(() => new Script(first)).not.toThrow();
    expect(html).toContain(`src="${lab.crossOrigin}/frames-first/frame`);
  });

  test('nothing outside of the pages is served', async () => {
    const lab = await startLab();
    for (const path of ['/lab/server.ts', '/lab/pages/../server.ts', '/package.json', '/lab/']) {
      expect((await fetch(lab.origin + path)).status).toBe(404);
    }
  });
});
