import { SCENARIOS } from '../scenarios.ts';
import { byId, element } from './element.ts';

/** The list of all scenarios; a click starts one. */
byId('scenarios').append(
  ...SCENARIOS.map((scenario) => {
    const link = element('a', 'scenario', [
      element('h2', '', scenario.title),
      element('p', '', scenario.about),
      element('p', 'quiet', scenario.lookFor),
    ]);
    link.href = scenario.page;
    link.dataset['scenario'] = scenario.id;
    return link;
  }),
);
document.documentElement.dataset['state'] = 'done';
