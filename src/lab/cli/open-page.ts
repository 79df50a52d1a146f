import type { Page, Response } from 'playwright';
import { CommandError } from './command-errors.ts';
import { warn } from './with-panel.ts';

const PATIENCE = 30_000;

/** Chromium's network errors that people meet (net/base/net_error_list.h). */
const NETWORK: Readonly<Record<string, string>> = {
  ERR_CONNECTION_REFUSED: 'nothing listens there',
  ERR_NAME_NOT_RESOLVED: 'no host has this name',
  ERR_ADDRESS_UNREACHABLE: 'there is no way to this address',
  ERR_INTERNET_DISCONNECTED: 'this machine is offline',
  ERR_CONNECTION_TIMED_OUT: 'the server does not answer',
  ERR_TIMED_OUT: 'the server does not answer',
  ERR_CONNECTION_RESET: 'the server cut the connection',
  ERR_CONNECTION_CLOSED: 'the server closed the connection',
  ERR_EMPTY_RESPONSE: 'the server closed the connection without an answer',
  ERR_INVALID_HTTP_RESPONSE: 'what answers there does not speak HTTP',
  ERR_SSL_PROTOCOL_ERROR: 'what answers there does not speak TLS',
  ERR_CERT_AUTHORITY_INVALID: 'its certificate is not trusted',
  ERR_CERT_COMMON_NAME_INVALID: 'its certificate is for another host',
  ERR_CERT_DATE_INVALID: 'its certificate is out of date',
  ERR_TOO_MANY_REDIRECTS: 'it redirects in a circle',
  ERR_UNSAFE_PORT: 'browsers refuse this port',
  ERR_ABORTED: 'it is no page: an empty answer, or a download',
};

/**
 * Opens a page and waits until it has loaded; a page that answers with an error, or never finishes
 * loading, is still a page.
 *
 * @throws {CommandError} when there is no page
 */
export async function openPage(page: Page, url: string): Promise<void> {
  let response: Response | null;
  try {
    response = await page.goto(url, { waitUntil: 'commit', timeout: PATIENCE });
  } catch (error) {
    throw new CommandError(`${url} cannot be opened: ${reasonOf(error)}.`, { cause: error });
  }
  const status = response?.status() ?? 200;
  if (status >= 400) warn(`${url} answered ${status}; recording it all the same.`);
  await page.waitForLoadState('load', { timeout: PATIENCE }).catch(() => {
    warn(`${url} is still loading after ${PATIENCE / 1_000} s; recording it all the same.`);
  });
}

function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (/\bTimeout \d+ms exceeded\b/u.test(message)) {
    return `no answer within ${PATIENCE / 1_000} s`;
  }
  if (message.includes('Download is starting')) return 'it is a download, no page';
  const [, code = ''] = /net::(ERR_\w+)/u.exec(message) ?? [];
  const [first = ''] = message.split('\n');
  return NETWORK[code] ?? (code === '' ? first : code);
}

/** Rejects when the page crashes or goes away while somebody needs it. */
export function pageLost(page: Page): Promise<never> {
  return new Promise((_resolve, reject) => {
    page.once('crash', () => {
      reject(new CommandError(`The page ${page.url()} crashed; nothing was written.`));
    });
    page.once('close', () => {
      reject(new CommandError('The page was closed; nothing was written.'));
    });
  });
}
