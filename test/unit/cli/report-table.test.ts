import { expect, test } from 'vitest';
import report from '../../fixtures/report.json' with { type: 'json' };
import type { ChannelReport, Report } from '../../../src/core/report.ts';
import { renderReport } from '../../../src/lab/cli/report-table.ts';

const CHANNEL: ChannelReport = {
  id: 'c1',
  transport: 'websocket',
  endpoint: 'ws://host/feed',
  frame: { url: 'http://host/', kind: 'top' },
  sent: { messages: 2, bytes: 20 },
  received: { messages: 1234, bytes: 99_980 },
  dataTypes: { text: 1236, binary: 0 },
  dropped: 0,
  discarded: 0,
  connections: [
    {
      id: 'k1',
      url: 'ws://host/feed?token=1',
      state: 'closed',
      source: 'page',
      createdAt: 0,
      endedAt: 9,
      endedBy: 'server',
      closeCode: 4001,
      closeReason: 'bye',
      wasClean: true,
    },
  ],
  findings: [],
};

function reportOf(channels: ChannelReport[]): Report {
  return {
    format: 'wirescope-report',
    version: 1,
    session: {
      url: 'http://host/',
      startedAt: '2026-11-20T10:00:00.000Z',
      durationMs: 6012,
      messages: 1236,
      bytes: 100_000,
      dropped: 0,
    },
    channels,
    findings: [],
    notSeen: [],
  };
}

test('a table has a row for each channel, numbers to the right', () => {
  const other: ChannelReport = {
    ...CHANNEL,
    transport: 'eventsource',
    endpoint: 'http://elsewhere/a/long/path',
    sent: { messages: 0, bytes: 0 },
    protocol: { id: 'json', layers: ['json'], confidence: 0.6, evidence: [], failures: 0 },
    direction: 'received-only',
    wireCost: { asIs: 120_400 },
    connections: [{ id: 'k2', url: '', state: 'open', source: 'page', createdAt: 0 }],
  };
  expect(renderReport(reportOf([CHANNEL, other]))).toBe(
    [
      'http://host/ · 6 s · 2 channels · 1,236 messages · 100 kB · 0 dropped',
      '',
      'transport    endpoint               protocol  connections  sent  received   bytes  direction      on the wire  last connection',
      "websocket    /feed                                      1     2     1,234  100 kB                              The server closed it: the application's own code (4001), “bye”.",
      'eventsource  elsewhere/a/long/path  json                1     0     1,234  100 kB  received-only     120.4 kB  It is still open.',
    ].join('\n'),
  );
});

test('a page without connections says so', () => {
  expect(renderReport(reportOf([]))).toContain('The page opened no connection.');
});

test('no control sequence reaches the terminal', () => {
  const [connection] = CHANNEL.connections;
  const hostile = { ...connection, closeReason: '\u001b]0;owned\u0007\u202e\n' };
  const text = renderReport(
    reportOf([{ ...CHANNEL, connections: [hostile as ChannelReport['connections'][number]] }]),
  );
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(text.split('\n')).toHaveLength(4);
});

test('what is missing from the session stands below the table', () => {
  const [missing] = report.notSeen;
  const text = renderReport(report as Report);
  if (missing !== undefined) expect(text).toContain(`not seen: ${missing.what}`);
  expect(text.split('\n').length).toBeGreaterThan(report.channels.length);
});
