import { type ExporterId, EXPORTERS } from '../../trace/exporters.ts';
import { UsageError } from './command-errors.ts';
import { onePositional, readArguments } from './read-arguments.ts';

export interface RecordOptions {
  url: string;
  seconds: number;
  /** The folder to write to. */
  out: string;
  formats: ExporterId[];
  json: boolean;
  /** With the build that debugs shared and service workers. */
  workers: boolean;
}

const FORMATS = EXPORTERS.map(({ id }) => id).join(', ');
/** Those that can be opened again. */
const DEFAULT_FORMATS = EXPORTERS.filter(({ isTrace }) => isTrace)
  .map(({ id }) => id)
  .join(', ');

export const RECORD_USAGE = `Usage: npm run -s record -- URL [--seconds N] [--out DIR] [--formats LIST] [--workers] [--json]

Opens the page in a headless browser with the panel open before it loads, records it, and writes
DIR/session.<ending> for each format. Ctrl+C ends the recording early; the files are written all the same.

  --seconds N      how long to record after the page has loaded (default 10)
  --out DIR        where to write, made where it is missing (default out)
  --formats LIST   of ${FORMATS}, with commas between (default ${DEFAULT_FORMATS})
  --workers        record shared and service workers too, which the browser shows as debugging
  --json           print the report as JSON and nothing else`;

/** A day: more than that was meant in another unit. */
const MAX_SECONDS = 86_400;

/** @throws {UsageError} */
export function readRecordOptions(args: readonly string[]): RecordOptions {
  const { values, positionals } = readArguments(args, {
    seconds: { type: 'string', default: '10' },
    out: { type: 'string', default: 'out' },
    formats: { type: 'string', default: DEFAULT_FORMATS },
    json: { type: 'boolean', default: false },
    workers: { type: 'boolean', default: false },
  });
  return {
    url: readUrl(onePositional(positionals, 'URL')),
    seconds: readSeconds(values.seconds),
    out: values.out,
    formats: readFormats(values.formats),
    json: values.json,
    workers: values.workers,
  };
}

/** `localhost:3000` is what people type; taken for a URL, `localhost` would be its scheme. */
function readUrl(text: string): string {
  const withScheme = /^[a-z][\w+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined) throw new UsageError(`“${text}” is not a URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`“${text}”: only http and https pages can be recorded.`);
  }
  return url.href;
}

function readSeconds(text: string): number {
  const seconds = text.trim() === '' ? NaN : Number(text);
  if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw new UsageError(`--seconds takes a number from 0 to ${MAX_SECONDS}, not “${text}”.`);
}

function readFormats(text: string): ExporterId[] {
  const names = text.split(',').map((name) => name.trim());
  const formats = names.map((name) => {
    const exporter = EXPORTERS.find(({ id }) => id === name);
    if (exporter !== undefined) return exporter.id;
    throw new UsageError(`Unknown format “${name}”: known are ${FORMATS}.`);
  });
  return [...new Set(formats)];
}
