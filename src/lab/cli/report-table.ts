import { describeClose } from '../../core/describe-close.ts';
import { endpointName } from '../../core/endpoint.ts';
import { formatBytes, formatCount, formatCountOf, formatSpan } from '../../core/format.ts';
import type { FindingReport } from '../../core/advice/report-findings.ts';
import type { ChannelReport, Report } from '../../core/report.ts';
import { renderTextTable, type TextColumn } from './text-table.ts';

interface Column extends TextColumn {
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
  const { session, channels, findings, unchecked = [], notSeen } = report;
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
  const told = [
    ...findings.map((finding) => tell(finding, (finding.channels ?? []).join(' '))),
    ...channels.flatMap(({ id, findings: own }) => own.map((finding) => tell(finding, id))),
    ...unchecked.map((words) => `not checked: ${words}`),
  ];
  if (told.length + notSeen.length > 0) lines.push('');
  lines.push(...told);
  for (const { what, why, mend } of notSeen) lines.push(`not seen: ${what}: ${why}. ${mend}`);
  return lines.map(printable).join('\n');
}

const tell = ({ severity, rule, summary, advice }: FindingReport, where: string): string =>
  `${severity}: ${where}: ${summary} ${advice} (${rule})`;

function renderRows(report: Report): string[] {
  const rows = report.channels.map((channel) =>
    COLUMNS.map(({ cell }) => printable(cell(channel, report))),
  );
  return renderTextTable(COLUMNS, rows);
}

function lastEnd({ connections }: ChannelReport): string {
  const last = connections.at(-1);
  return last === undefined ? '' : describeClose(last);
}

/** A close reason comes from anywhere: no control sequence of it reaches the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd');
}
