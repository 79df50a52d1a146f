import { retry } from 'rxjs';
import { webSocket, type WebSocketSubjectConfig } from 'rxjs/webSocket';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const observing = (name: string) => ({
    next: (event?: unknown) => {
      note(name, event);
    },
  });
  const config: WebSocketSubjectConfig<unknown> = {
    url: `${ws}/echo`,
    protocol: ['rx'],
    binaryType: 'arraybuffer',
    serializer: (value) => (ArrayBuffer.isView(value) ? value : JSON.stringify(value)),
    deserializer: ({ data }: MessageEvent<unknown>) =>
      typeof data === 'string' ? (JSON.parse(data) as unknown) : data,
    openObserver: observing('open'),
    closingObserver: observing('closing'),
    closeObserver: observing('close'),
  };
  const subject = webSocket(config);
  const subscription = subject
    .pipe(
      retry({
        delay: (error: unknown, count) => {
          note('retry', error, count);
          return Promise.resolve();
        },
      }),
    )
    .subscribe({
      next: (value) => {
        note('next', value);
      },
      error: (error: unknown) => {
        note('error', error);
      },
      complete: () => {
        note('complete');
      },
    });

  subject.next({ sent: 'before it opened' });
  await until('next');
  subject.next(new Uint8Array([3, 2, 1]));
  await until('next', 2);
  await tell('drop');
  await until('open', 2);
  subject.next({ sent: 'after the drop' });
  await until('next', 3);
  const rest = subject.multiplex(
    () => ({ subscribe: 'part' }),
    () => ({ unsubscribe: 'part' }),
    (value) => (value as { part?: number }).part !== undefined,
  );
  const part = rest.subscribe((value) => {
    note('multiplexed', value);
  });
  subject.next({ part: 1 });
  await until('multiplexed');
  part.unsubscribe();
  await until('next', 6);
  subject.complete();
  await until('complete');
  await until('close', 2);
  note('closed', subscription.closed);
}
