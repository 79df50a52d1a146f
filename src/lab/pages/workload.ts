import type { PageMeasures, RunBegun, RunResult } from '../workload/run-result.ts';
import { byId, element } from './element.ts';
import { createWorkloadForm } from './workload-form.ts';
import { runLane } from './workload-lane.ts';
import { createWorkloadTable } from './workload-table.ts';

/** The bench: choose what is said and what carries it, run it, read what it took. With `start=1` it runs at once. */
const said = new URLSearchParams(location.search);
const startsNow = said.get('start') === '1';
const form = createWorkloadForm(said);
const root = document.documentElement;

form.onSubmit(() => void run());
if (startsNow) void run();
else root.dataset['state'] = 'ready';

async function run(): Promise<void> {
  root.dataset['state'] = 'running';
  form.setRunning(true);
  say('');
  try {
    const query = form.query();
    history.replaceState(null, '', `?${query.toString()}`);
    const begun = await post<RunBegun>(`/workload/runs?${query.toString()}`);
    byId('outcome').hidden = false;
    const table = createWorkloadTable(begun);
    say(`Running for ${begun.plan.workload.seconds} s …`);
    const measures = await Promise.all(
      begun.lanes.map((lane) =>
        runLane(lane, begun.plan, (progress) => table.progress(lane.transport, progress)),
      ),
    );
    explainSilence(begun, measures);
    const result = await post<RunResult>(`/workload/runs/${begun.id}`, measures);
    table.finish(result);
    byId('result').textContent = JSON.stringify(result, null, 2);
    say('Done.');
    root.dataset['state'] = 'done';
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    root.dataset['state'] = 'failed';
  } finally {
    form.setRunning(false);
  }
}

function say(words: string): void {
  byId('status').textContent = words;
}

/** A lane that never opened over TLS: most likely this browser has not been told to trust it. */
function explainSilence({ plan, lanes }: RunBegun, measures: readonly PageMeasures[]): void {
  const hint = byId('hint');
  const isSilent = measures.every(({ connect }) => connect === null);
  if (plan.http === '2' && isSilent && lanes.length > 0) {
    hint.textContent =
      'No lane came up: this browser does not trust the lab’s throw-away certificate. “npm start” opens one that does.';
    return;
  }
  hint.replaceChildren(
    'Each lane is a channel in the Wirescope panel: press ',
    element('kbd', '', 'c'),
    ' there to compare them.',
  );
}

async function post<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer | { problems: readonly string[] };
  if (typeof answer === 'object' && answer !== null && 'problems' in answer) {
    throw new Error(answer.problems.join('; '));
  }
  return answer;
}
