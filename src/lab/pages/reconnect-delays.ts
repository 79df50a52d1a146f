/** How long to wait before each next try, in milliseconds. */
export interface ReconnectDelays {
  next: () => number;
  reset: () => void;
}

const FIRST = 400;
const FACTOR = 2;
const LONGEST = 5000;
/** A tenth more or less, so that many pages do not all knock at once. */
const JITTER = 0.1;

/** Exponential backoff with a bound and a little jitter. */
export function createReconnectDelays(): ReconnectDelays {
  let tries = 0;
  return {
    next: () => {
      const delay = Math.min(LONGEST, FIRST * FACTOR ** tries++);
      return Math.round(delay * (1 - JITTER + Math.random() * 2 * JITTER));
    },
    reset: () => {
      tries = 0;
    },
  };
}
