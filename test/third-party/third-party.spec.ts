import { expect, sessionIn } from '../e2e/fixtures.ts';
import { expectSessionToHold } from './compare-session.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { bundlePage } from './stage/bundle.ts';
import { type Performance, type Subject, test } from './subjects.ts';
import { startStageServer } from './wire/stage-server.ts';

/** Server and panel have seen everything by then, also on a busy machine. */
const PATIENCE = 15_000;

for (const scenario of SCENARIOS) {
  test(`${scenario.title} behaves as without the extension`, async ({ subjects }) => {
    const bare = await perform(scenario, subjects.bare);
    await test.info().attach('bare', { body: JSON.stringify(bare, null, 1) });
    expect(countEntries(bare, scenario), 'the milestones of the transcript').toEqual(
      scenario.milestones,
    );
    expect(await perform(scenario, subjects.asleep), 'with the extension asleep').toEqual(bare);
    expect(await perform(scenario, subjects.watched), 'with a panel that watches').toEqual(bare);
  });
}

function countEntries({ transcript }: Performance, { milestones }: Scenario) {
  const count = (event: string) => transcript.filter(([name]) => name === event).length;
  return Object.fromEntries(
    [...Object.keys(milestones), 'broke off']
      .map((event) => [event, count(event)] as const)
      .filter(([event, times]) => event in milestones || times > 0),
  );
}

/** Runs the page against a server of its own; where a panel watches, it has to hold what went over the wire. */
async function perform(scenario: Scenario, subject: Subject): Promise<Performance> {
  const part = new URL(`scenarios/${scenario.page}/page.ts`, import.meta.url);
  const server = await startStageServer(scenario, await bundlePage(part));
  try {
    const { origin, log, command } = server;
    const performance = await subject.perform(origin, scenario.variant ?? '', command);
    // A poll may stay without an answer when its client has gone.
    const leftOpen = () =>
      log.connections.filter(
        ({ isOver, kind }) => !isOver && kind in scenario.inSession && kind !== 'exchange',
      );
    await expect
      .poll(leftOpen, { message: 'connections left open', timeout: PATIENCE })
      .toEqual([]);
    const { devtools } = subject;
    if (devtools !== undefined) {
      await expect(async () => {
        expectSessionToHold(await sessionIn(devtools), origin, log, scenario);
      }).toPass({ timeout: PATIENCE });
    }
    return performance;
  } finally {
    await server.close();
  }
}
