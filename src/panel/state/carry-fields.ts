import {
  type CarryOptions,
  HTTP_VERSIONS,
  type HttpVersion,
} from '../../core/wire-cost/wire-cost.ts';

export const COMPRESSIONS = ['on', 'off'] as const;
type Compression = (typeof COMPRESSIONS)[number];

/** What the user wrote of the carriers that are asked about; an empty field: as the channel had it, or as usual. */
export interface CarryFields {
  readonly http: HttpVersion | '';
  readonly compression: Compression | '';
  /** Seconds. */
  readonly interval: string;
  /** Bytes. */
  readonly requestHeaders: string;
  readonly responseHeaders: string;
}

export const NO_FIELDS: CarryFields = {
  http: '',
  compression: '',
  interval: '',
  requestHeaders: '',
  responseHeaders: '',
};

export type NumberField = Exclude<keyof CarryFields, 'http' | 'compression'>;

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly words: string;
}

const BOUNDS: Readonly<Record<NumberField, Bounds>> = {
  interval: {
    least: 0.05,
    most: 3_600,
    words: 'The interval is a number of seconds, from 0.05 to 3600.',
  },
  requestHeaders: {
    least: 20,
    most: 65_536,
    words: 'The headers of a request are a whole number of bytes, from 20 to 65536.',
  },
  responseHeaders: {
    least: 20,
    most: 65_536,
    words: 'The headers of a response are a whole number of bytes, from 20 to 65536.',
  },
};

/** What of it can be used, and what is wrong with the rest, in sentences. */
export interface ReadFields {
  readonly options: CarryOptions;
  readonly problems: Readonly<Partial<Record<NumberField, string>>>;
}

export function readFields(fields: CarryFields): ReadFields {
  const problems: Partial<Record<NumberField, string>> = {};
  const numberOf = (name: NumberField): number | undefined => {
    const text = fields[name].trim();
    if (text === '') return undefined;
    const { least, most, words } = BOUNDS[name];
    // Half the world writes the decimal point as a comma.
    const value = /^\d+(?:[.,]\d+)?$/u.test(text) ? Number(text.replace(',', '.')) : NaN;
    const isWhole = name === 'interval' || Number.isInteger(value);
    if (isWhole && value >= least && value <= most) return value;
    problems[name] = words;
    return undefined;
  };
  const seconds = numberOf('interval');
  const requestHeaders = numberOf('requestHeaders');
  const responseHeaders = numberOf('responseHeaders');
  return {
    options: {
      ...(fields.http !== '' && { http: fields.http }),
      ...(fields.compression !== '' && { isCompressed: fields.compression === 'on' }),
      ...(seconds !== undefined && { interval: seconds * 1_000 }),
      ...(requestHeaders !== undefined && { requestHeaders }),
      ...(responseHeaders !== undefined && { responseHeaders }),
    },
    problems,
  };
}

/** What is in storage may be of another version. */
export function readKeptFields(value: unknown): CarryFields {
  if (typeof value !== 'object' || value === null) return NO_FIELDS;
  const known = value as Readonly<Record<string, unknown>>;
  const text = (name: NumberField): string => {
    const kept = known[name];
    return typeof kept === 'string' ? kept.slice(0, 20) : '';
  };
  const http = HTTP_VERSIONS.find((version) => version === known['http']);
  return {
    http: http ?? '',
    compression: COMPRESSIONS.find((each) => each === known['compression']) ?? '',
    interval: text('interval'),
    requestHeaders: text('requestHeaders'),
    responseHeaders: text('responseHeaders'),
  };
}
