import { describeClose } from '../../core/describe-close.ts';
import { endpointName } from '../../core/endpoint.ts';
import { formatBytes, formatCount, formatCountOf, formatSpan } from '../../core/format.ts';
import type { ChannelReport, Report } from '../../core/report.ts';

interface Column {
  head: string;
  isNumber: boolean;
  cell: (channel: ChannelReport, report: Report) => string;
}

const COLUMNS: readonly Column[] = [
  { head: 'transport', isNumber: false, cell: ({ transport }) => transport },
  {
    head: 'endpoint',
    isNumber: false,
    cell: ({ endpoint }, { session }) => endpointName(endpoint, session.url),
  },
  { head: 'protocol', isNumber: false, cell: ({ protocol }) => protocol?.id ?? '' },
  {
    head: 'connections',
    isNumber: true,
    cell: ({ connections }) => formatCount(connections.length),
  },
  { head: 'sent', isNumber: true, cell: ({ sent }) => formatCount(sent.messages) },
  { head: 'received', isNumber: true, cell: ({ received }) => formatCount(received.messages) },
  {
    head: 'bytes',
    isNumber: true,
    cell: ({ sent, received }) => formatBytes(sent.bytes + received.bytes),
  },
  { head: 'direction', isNumber: false, cell: ({ direction }) => direction ?? '' },
  {
    head: 'on the wire',
    isNumber: true,
    cell: ({ wireCost }) => (wireCost === undefined ? '' : formatBytes(wireCost.asIs)),
  },
  { head: 'last connection', isNumber: false, cell: lastEnd },
];

/** A report for a terminal: one line of totals, a row for each channel, and what is missing. */
export function renderReport(report: Report): string {
  const { session, channels, findings, notSeen } = report;
  const totals = [
    session.url,
    formatSpan(session.durationMs),
    formatCountOf(channels.length, 'channel'),
    formatCountOf(session.messages, 'message'),
    formatBytes(session.bytes),
    `${formatCount(session.dropped)} dropped`,
  ];
  const lines = [totals.join(' · '), ''];
  if (channels.length === 0) lines.push('The page opened no connection.');
  else lines.push(...renderRows(report));
  const ofChannels = channels.flatMap((channel) =>
    (channel.findings ?? []).map((finding) => ({ ...finding, channel: channel.id })),
  );
  if (findings.length + ofChannels.length + notSeen.length > 0) lines.push('');
  for (const { severity, summary } of findings) lines.push(`${severity}: ${summary}`);
  for (const { channel, severity, summary, advice } of ofChannels) {
    lines.push(`${severity}: ${channel}: ${summary} ${advice ?? ''}`.trimEnd());
  }
  for (const { what, why, mend } of notSeen) lines.push(`not seen: ${what}: ${why}. ${mend}`);
  return lines.map(printable).join('\n');
}

function renderRows(report: Report): string[] {
  const rows = [
    COLUMNS.map(({ head }) => head),
    ...report.channels.map((channel) =>
      COLUMNS.map(({ cell }) => printable(cell(channel, report))),
    ),
  ];
  const widths = COLUMNS.map((_column, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return COLUMNS[index]?.isNumber === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function lastEnd({ connections }: ChannelReport): string {
  const last = connections.at(-1);
  return last === undefined ? '' : describeClose(last);
}

/** A close reason comes from anywhere: no control sequence of it reaches the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd');
}
