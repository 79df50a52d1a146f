import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../../src/build/paths.ts';
import type { Report } from '../../src/core/report.ts';
import schema from '../../src/core/report.schema.json' with { type: 'json' };
import { createLab, type Lab } from '../../src/lab/server.ts';
import { EXPORTERS } from '../../src/trace/exporters.ts';
import { aSession } from '../builders/session.ts';

/** What a command left when it ended. */
interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

let lab: Lab;
let out: string;

test.beforeAll(async () => {
  lab = await createLab();
});

test.afterAll(async () => {
  await lab.close();
});

test.beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'wirescope-out-'));
});

test.afterEach(async () => {
  await rm(out, { recursive: true, force: true });
});

function run(command: string, ...args: string[]): Promise<Ended> {
  const file = `src/lab/cli/${command}.ts`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', file, ...args],
      { cwd: ROOT, timeout: 110_000 },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
          stdout,
          stderr,
        });
      },
    );
  });
}

/** Records three seconds of a page of the lab. */
async function record(...more: string[]): Promise<Ended> {
  const page = `${lab.origin}/watch?scenario=side-by-side`;
  return run('record', page, '--seconds', '3', '--out', out, ...more);
}

test('record writes what it reports, in every format', async () => {
  const { code, stdout, stderr } = await record('--formats', 'har,jsonl', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = JSON.parse(stdout) as Report;

  expectRequiredNames(report);
  expect(report.session.url).toBe(`${lab.origin}/watch?scenario=side-by-side`);
  expect(report.channels.map(({ transport }) => transport).sort()).toEqual([
    'eventsource',
    'websocket',
  ]);
  for (const { received } of report.channels) expect(received.messages).toBeGreaterThan(8);

  expect((await readdir(out)).sort()).toEqual(['session.har', 'session.jsonl']);
  const fromTrace = await run('report', join(out, 'session.jsonl'), '--json');
  expect(fromTrace).toEqual({ code: 0, stdout, stderr: '' });
  const fromHar = await run('report', join(out, 'session.har'), '--json');
  const { session } = JSON.parse(fromHar.stdout) as Report;
  expect(session.messages).toBe(report.session.messages);
  expect(await messagesInHar(join(out, 'session.har'))).toBe(report.session.messages);
});

test('record and report print the same table', async () => {
  const recorded = await record('--formats', 'jsonl');
  expect(recorded.code).toBe(0);
  expect(recorded.stdout).toMatch(/^websocket +\/ws\/feed +json +1 /mu);
  expect(recorded.stdout).toMatch(/^eventsource +\/sse\/feed +json +1 /mu);
  expect(recorded.stdout).toContain(join(out, 'session.jsonl'));
  const reported = await run('report', join(out, 'session.jsonl'));
  expect(recorded.stdout).toContain(reported.stdout.trim());
});

test('record takes shared workers along when it is told to', async () => {
  const args = [`${lab.origin}/workers`, '--seconds', '4', '--out', out, '--json'];
  const found = async (...more: string[]) => {
    const { stdout } = await run('record', ...args, ...more);
    const { channels } = JSON.parse(stdout) as Report;
    return new Set(channels.map(({ transport, frame }) => `${frame.kind} ${transport}`));
  };
  expect(await found()).toEqual(new Set());
  const transports = ['eventsource', 'fetch-stream', 'websocket'];
  expect(await found('--workers')).toEqual(
    new Set(transports.map((name) => `shared-worker ${name}`)),
  );
});

test('record ends early when it is told to, and still writes', async () => {
  const { child, ended } = startRecord('60');
  await child.untilStderr('Recording ');
  child.interrupt();
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('/ws/feed');
  expect((await readdir(out)).sort()).toEqual(['session.har', 'session.jsonl']);
});

test('record says in one line what is in its way', async () => {
  const dead = await createLab();
  await dead.close();
  expect(await run('record', dead.origin, '--out', out)).toEqual({
    code: 1,
    stdout: '',
    stderr: `wirescope: ${dead.origin}/ cannot be opened: nothing listens there.\n`,
  });
  const file = join(out, 'file');
  await writeFile(file, '');
  expect(await run('record', lab.origin, '--out', join(file, 'folder'))).toEqual({
    code: 1,
    stdout: '',
    stderr: `wirescope: ${join(file, 'folder')}: a part of this path is a file, not a folder.\n`,
  });
  const unknown = await run('record', lab.origin, '--formats', 'pcap');
  expect(unknown.code).toBe(1);
  const known = EXPORTERS.map(({ id }) => id).join(', ');
  expect(unknown.stderr).toContain(`wirescope: Unknown format “pcap”: known are ${known}.\n`);
  expect(unknown.stderr).toContain('Usage:');
});

test('record warns of a page that answers with an error, and goes on', async () => {
  const missing = await run('record', `${lab.origin}/missing`, '--seconds', '0', '--out', out);
  expect(missing.code).toBe(0);
  expect(missing.stderr).toContain(`${lab.origin}/missing answered 404`);
  expect(missing.stdout).toContain('The page opened no connection.');
});

test('report says what is wrong with a file', async () => {
  const broken = join(out, 'broken.jsonl');
  await writeFile(
    broken,
    '{"format":"wirescope","version":1,"session":{"url":"http://a/","startedAt":"2026-11-20T10:00:00.000Z"}}\n{"kind":\n{}\n',
  );
  const { code, stdout, stderr } = await run('report', broken);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^wirescope: Line 2: .+\n$/u);
  expect(await run('report', join(out, 'none.har'))).toEqual({
    code: 1,
    stdout: '',
    stderr: `wirescope: ${join(out, 'none.har')}: there is no such file or folder.\n`,
  });
});

test('diff tells what changed between two traces, and ends as it is asked to', async () => {
  const traceWith = async (name: string, extra: object): Promise<string> => {
    const story = aSession().frame().websocket('wss://desk.test/live').opens();
    for (let index = 0; index < 10; index += 1) {
      story.after(100).receives(JSON.stringify({ type: 'quote', price: index, ...extra }));
    }
    const [ownFormat] = EXPORTERS;
    const file = join(out, name);
    await writeFile(
      file,
      [...(ownFormat?.write(story.build(), { toolVersion: '1' }) ?? [])].join(''),
    );
    return file;
  };
  const [before, after] = [
    await traceWith('before.jsonl', {}),
    await traceWith('after.jsonl', { bid: 1 }),
  ];
  const same = await run('diff', before, before, '--exit-code');
  expect(same).toMatchObject({ code: 0, stderr: '' });
  expect(same.stdout).toContain('1 kind as before');
  const told = await run('diff', before, after, '--exit-code');
  expect(told.code).toBe(2);
  expect(told.stdout).toContain('**quote**: field bid is new (number)');
  const { code, stdout } = await run('diff', before, after, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ format: 'wirescope-diff', isChanged: true });
  const alone = await run('diff', before);
  expect(alone.code).toBe(1);
  expect(alone.stderr).toContain('Two traces are needed');
});

test('start without a display runs the tour and leaves a trace, a HAR and a picture', async () => {
  const { code, stdout, stderr } = await run('start', '--headless', '--out', out);
  expect(code, stderr).toBe(0);
  expect((await readdir(out)).sort()).toEqual(['panel.png', 'session.har', 'session.jsonl']);
  expect(stdout).toMatch(/^eventsource +\/sse\/feed +json +[3-9] /mu);
  expect(stdout.match(/^websocket /gmu)).toHaveLength(2);
  const png = await readFile(join(out, 'panel.png'));
  // The header of a PNG: its width and height stand after the signature and the chunk's head.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 800]);
});

function startRecord(seconds: string) {
  const page = `${lab.origin}/watch?scenario=side-by-side`;
  const args = ['--import', 'tsx', 'src/lab/cli/record.ts', page];
  const child = execFile(process.execPath, [...args, '--seconds', seconds, '--out', out], {
    cwd: ROOT,
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: string) => (stdout += text));
  child.stderr?.on('data', (text: string) => (stderr += text));
  return {
    child: {
      untilStderr: (text: string) => expect.poll(() => stderr, { timeout: 60_000 }).toContain(text),
      interrupt: () => child.kill('SIGINT'),
    },
    ended: new Promise<Ended>((resolve) => {
      child.once('close', (code) => {
        resolve({ code: code ?? 1, stdout, stderr });
      });
    }),
  };
}

/** The names that the schema requires of the report, its session and its channels. */
function expectRequiredNames(report: Report): void {
  const { required, properties, definitions } = schema;
  expect(Object.keys(report)).toEqual(expect.arrayContaining(required));
  expect(Object.keys(report.session)).toEqual(expect.arrayContaining(properties.session.required));
  for (const channel of report.channels) {
    expect(Object.keys(channel)).toEqual(expect.arrayContaining(definitions.channel.required));
  }
}

async function messagesInHar(file: string): Promise<number> {
  const { log } = JSON.parse(await readFile(file, 'utf8')) as {
    log: {
      entries: { _webSocketMessages?: unknown[]; _eventSourceMessages?: unknown[] }[];
    };
  };
  return log.entries.reduce(
    (sum, { _webSocketMessages: frames = [], _eventSourceMessages: events = [] }) =>
      sum + frames.length + events.length,
    0,
  );
}
