import type { IncomingMessage, ServerResponse } from 'node:http';
import { urlOf } from '../lab-request.ts';
import { bodyOf } from './lane-exchange.ts';
import { readPlan } from './read-plan.ts';
import type { PageMeasures } from './run-result.ts';
import type { Runs } from './runs.ts';

/** `POST /workload/runs?…` begins a run, `POST /workload/runs/ID` with the page's measures ends it. */
export async function serveRuns(
  runs: Runs,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = urlOf(message);
  const [, id] = /^\/workload\/runs(?:\/(\d+))?$/u.exec(pathname) ?? [];
  if (message.method !== 'POST') {
    say(response, 405, { problems: ['runs are begun and ended by POST'] });
    return;
  }
  if (id === undefined) {
    const read = readPlan(searchParams);
    if (read.ok) say(response, 201, await runs.begin(read.plan));
    else say(response, 400, { problems: read.problems });
    return;
  }
  const measures = JSON.parse((await bodyOf(message)).toString()) as readonly PageMeasures[];
  const result = await runs.end(Number(id), measures);
  if (result === undefined) say(response, 404, { problems: ['there is no such run any more'] });
  else say(response, 200, result);
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
