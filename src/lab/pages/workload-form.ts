import { WORKLOAD_PRESETS } from '../workload/presets.ts';
import { WORKLOAD_TRANSPORTS } from '../workload/workload.ts';
import { byId, element } from './element.ts';
import { TRANSPORT_NAMES } from './transport-names.ts';

export interface WorkloadForm {
  /** What the form says, as a run is asked for; an empty field says nothing. */
  query: () => URLSearchParams;
  onSubmit: (run: () => void) => void;
  setRunning: (isRunning: boolean) => void;
}

/** The form, filled from the page's own query. */
export function createWorkloadForm(said: URLSearchParams): WorkloadForm {
  const form = byId('plan') as HTMLFormElement;
  const button = byId('run') as HTMLButtonElement;
  form.querySelector('select[name="workload"]')?.append(
    ...WORKLOAD_PRESETS.map(({ id, title, rate, size }) => {
      const option = element('option', '', `${title}: ${rate}/s of ${size} bytes`);
      option.value = id;
      return option;
    }),
  );
  const chosen = said.get('transports')?.split(',') ?? ['all'];
  const boxes = WORKLOAD_TRANSPORTS.map((transport) => {
    const box = element('input', '');
    Object.assign(box, { type: 'checkbox', name: 'transport', value: transport });
    box.checked = chosen.includes('all') || chosen.includes(transport);
    return box;
  });
  byId('transports').append(
    ...boxes.map((box, index) => {
      const transport = WORKLOAD_TRANSPORTS[index] ?? 'websocket';
      return element('label', 'tick', [box, element('span', '', TRANSPORT_NAMES[transport])]);
    }),
  );
  for (const [name, value] of said) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      field.value = value;
    }
  }

  return {
    query: () => {
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (name !== 'transport' && typeof value === 'string' && value !== '') {
          query.set(name, value.trim());
        }
      }
      const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
      query.set('transports', ticked.length === boxes.length ? 'all' : ticked.join(','));
      return query;
    },
    onSubmit: (run) => {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        run();
      });
    },
    setRunning: (isRunning) => (button.disabled = isRunning),
  };
}
