/** One payload with the name by which a person knows it. */
export interface ZooPayload {
  readonly label: string;
  readonly data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;
}

/** Every kind of payload that `WebSocket.send()` takes, awkward ones included. Fresh on each call. */
export function payloadZoo(): ZooPayload[] {
  const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 4);
  const record = { type: 'quote', seq: 1, price: 101.25, tags: ['a', 'b'], note: null };
  return [
    { label: 'text', data: 'hello, lab' },
    { label: 'emoji', data: 'satellite 🛰️, family 👩‍👩‍👧, flag 🇪🇺' },
    { label: 'empty text', data: '' },
    { label: 'JSON', data: JSON.stringify(record) },
    {
      label: 'JSON in JSON',
      data: JSON.stringify({ type: 'envelope', body: JSON.stringify(record) }),
    },
    { label: 'markup', data: '<img src=x onerror="alert(1)">' },
    { label: 'several lines', data: 'line one\nline two\r\n\ttabbed' },
    { label: 'a lone surrogate, sent as U+FFFD', data: 'lone \ud83d here' },
    { label: '1 MB of text', data: 'm'.repeat(1024 * 1024) },
    { label: 'Blob', data: new Blob(['blob of text ', bytes]) },
    { label: 'ArrayBuffer', data: bytes.slice().buffer },
    { label: 'Uint8Array with an offset', data: new Uint8Array(bytes.slice().buffer, 8, 16) },
    { label: 'DataView', data: new DataView(bytes.slice().buffer, 4, 12) },
    { label: 'empty ArrayBuffer', data: new ArrayBuffer(0) },
  ];
}
