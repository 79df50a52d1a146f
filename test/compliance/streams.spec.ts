import { compareProbes } from './compare.ts';

compareProbes('Streams of responses', {
  'are read by every kind of reader, to the same bytes': async ({ http }) => {
    const open = async () => {
      const { body } = await fetch(`${http}/stream/feed?count=20&rate=1000&size=300`);
      return body ?? new ReadableStream<Uint8Array<ArrayBuffer>>();
    };
    const decode = async (
      pieces: AsyncIterable<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>[],
    ) => {
      const all: Uint8Array<ArrayBuffer>[] = [];
      for await (const piece of pieces) all.push(piece);
      return (await new Blob(all).text()).replaceAll(
        /"(?:time|price)":[\d.]+|"symbol":"\w+"/gu,
        '',
      );
    };
    const answers: string[] = [];
    answers.push(await decode(await open()));
    answers.push(await decode((await open()).values()));

    const reader = (await open()).getReader();
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
    }
    await reader.closed;
    answers.push(await decode(pieces));

    const byob = (await open()).getReader({ mode: 'byob' });
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (;;) {
      const { done, value } = await byob.read(new Uint8Array(1000));
      if (value !== undefined) parts.push(value.slice());
      if (done) break;
    }
    answers.push(await decode(parts));

    const [one, two] = (await open()).tee();
    const both = await Promise.all([decode(one), decode(two)]);
    answers.push(...both);

    const texts: string[] = [];
    await (await open()).pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({
        write: (text) => {
          texts.push(text);
        },
      }),
    );
    answers.push(texts.join('').replaceAll(/"(?:time|price)":[\d.]+|"symbol":"\w+"/gu, ''));
    answers.push(
      (await new Response(await open()).text()).replaceAll(
        /"(?:time|price)":[\d.]+|"symbol":"\w+"/gu,
        '',
      ),
    );
    return [answers.length, answers.map((answer) => answer === answers[0]), answers[0]?.length];
  },

  'lock, release and refuse as natives do': async ({ http }) => {
    const open = async () => (await fetch(`${http}/sse/feed?rate=100`)).body as ReadableStream;
    const answers: unknown[] = [];
    const attempt = async (act: () => unknown) => {
      try {
        answers.push(Object.prototype.toString.call(await act()));
      } catch (error) {
        const { name, message, stack = '' } = error as Error;
        answers.push([name, message, stack.includes('extension')]);
      }
    };
    const stream = await open();
    const reader = stream.getReader();
    await attempt(() => stream.getReader());
    await attempt(() => stream.tee());
    await attempt(() => stream.cancel());
    await attempt(() => stream.pipeTo(new WritableStream()));
    await attempt(() => stream.pipeThrough(new TextDecoderStream()));
    answers.push(stream.locked);
    await reader.read();
    reader.releaseLock();
    answers.push(stream.locked);
    await attempt(() => reader.read());
    await attempt(() => reader.cancel());
    const taken = new WritableStream();
    taken.getWriter();
    await attempt(() => stream.pipeTo(taken));
    await attempt(() => stream.pipeTo({} as never));
    await attempt(() => stream.pipeThrough({ writable: taken, readable: new ReadableStream() }));
    answers.push(stream.locked);
    await attempt(() => stream.cancel('enough'));
    answers.push(stream.locked, (await stream.getReader().read()).done);
    return answers;
  },

  'end a pipe as natives do': async ({ http }) => {
    const open = async () => (await fetch(`${http}/sse/feed?rate=200`)).body as ReadableStream;
    const answers: unknown[] = [];
    const failing = (after: number) => {
      let left = after;
      return new WritableStream({
        write: () => {
          left -= 1;
          if (left === 0) throw new RangeError('full');
        },
        abort: (reason) => {
          answers.push(['aborted', String(reason)]);
        },
      });
    };
    for (const options of [{}, { preventCancel: true }]) {
      const stream = await open();
      await stream.pipeTo(failing(2), options).catch((error: unknown) => {
        answers.push(String(error));
      });
      answers.push(stream.locked);
      const reader = stream.getReader();
      answers.push((await reader.read()).done);
      await reader.cancel();
    }
    const controller = new AbortController();
    const stream = await open();
    const piped = stream.pipeTo(failing(0), { signal: controller.signal });
    controller.abort('stop');
    await piped.catch((error: unknown) => {
      answers.push(String(error));
    });
    answers.push(stream.locked, (await stream.getReader().read()).done);
    return answers;
  },

  'stop iterating as natives do': async ({ http }) => {
    const open = async () => (await fetch(`${http}/sse/feed?rate=200`)).body as ReadableStream;
    const answers: unknown[] = [];
    const stream = await open();
    for await (const piece of stream) if (piece !== undefined) break;
    answers.push(stream.locked, (await stream.getReader().read()).done);
    const kept = await open();
    for await (const piece of kept.values({ preventCancel: true })) if (piece !== undefined) break;
    answers.push(kept.locked, (await kept.getReader().read()).done);
    const iterator = (await open())[Symbol.asyncIterator]();
    answers.push(Reflect.ownKeys(iterator), Object.prototype.toString.call(iterator));
    answers.push(await iterator.return?.(Promise.resolve(undefined)), (await iterator.next()).done);
    return answers;
  },

  'of the page’s own are left alone': async () => {
    const own = new ReadableStream({
      start: (controller) => {
        controller.enqueue({ any: 'thing' });
        controller.close();
      },
    });
    const chunks: unknown[] = [];
    for await (const chunk of own) chunks.push(chunk);
    return [chunks, (await new Response('{"a":1}').json()) as unknown];
  },

  'keep back-pressure: what is not read is not fetched': async ({ http }) => {
    const response = await fetch(`${http}/stream/feed?count=400&rate=100000&burst=400&size=100000`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done || bytes > 5_000_000) break;
      bytes += value.byteLength;
    }
    await reader.cancel();
    return bytes > 5_000_000;
  },
});
