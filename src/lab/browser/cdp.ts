import WebSocket from 'ws';

/** A target of Chromium's remote debugging, as `/json/list` names it. */
export interface CdpTarget {
  id: string;
  type: string;
  title: string;
  url: string;
  webSocketDebuggerUrl?: string;
}

interface Answer {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/**
 * A connection of the Chrome DevTools Protocol to one target. Playwright leaves `devtools://` pages out of
 * its lists, so the real DevTools is driven through this.
 */
export interface Cdp {
  send: <Result = unknown>(method: string, params?: object) => Promise<Result>;
  on: (method: string, hear: (params: unknown) => void) => void;
  /** Evaluates an expression and answers its value; awaits promises; throws what the page throws. */
  evaluate: <Value = unknown>(expression: string) => Promise<Value>;
  close: () => void;
}

/** @throws when the target is gone or refuses the connection */
export async function connectCdp(url: string): Promise<Cdp> {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 512 * 1024 * 1024 });
  const waiting = new Map<number, (answer: Answer) => void>();
  const listeners = new Map<string, ((params: unknown) => void)[]>();
  let lastId = 0;

  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {
    socket.close();
  });
  socket.on('close', () => {
    for (const answer of waiting.values()) answer({ error: { message: 'the target is gone' } });
    waiting.clear();
  });
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as Answer;
    if (answer.id !== undefined) {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    } else if (answer.method !== undefined) {
      for (const hear of listeners.get(answer.method) ?? []) hear(answer.params);
    }
  });

  function send<Result>(method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) {
        reject(new Error(`${method}: the target is gone`));
        return;
      }
      const id = (lastId += 1);
      waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result as Result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  }

  return {
    send,
    on: (method, hear) => {
      listeners.set(method, [...(listeners.get(method) ?? []), hear]);
    },
    evaluate: async <Value>(expression: string) => {
      const { result, exceptionDetails } = await send<{
        result: { value: Value };
        exceptionDetails?: { text: string; exception?: { description?: string } };
      }>('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
      });
      if (exceptionDetails === undefined) return result.value;
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    },
    close: () => {
      socket.close();
    },
  };
}

/** The targets of the browser whose debugging port this is. */
export async function listTargets(port: number): Promise<CdpTarget[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  return (await answer.json()) as CdpTarget[];
}
