/** A span or a point on the session's axis, in milliseconds. */
export type Milliseconds = number;

/** Wall-clock time, in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMilliseconds = number;

/** A count of 8-bit bytes. */
export type Bytes = number;
