import { describe, expect, it } from 'vitest';
import { chooseDecoders } from '../../../src/decoders/choose.ts';
import { createStackReader } from '../../../src/decoders/stack-reader.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/live' } as const;
const received = (payload: string) => ({ direction: 'received', payload }) as const;

describe('choosing decoders', () => {
  it('takes JSON where most texts are, and says so', async () => {
    const choice = await chooseDecoders(carrier, [received('{"a":1}'), received('[1]')]);
    expect(choice).toEqual({
      stack: ['json'],
      confidence: 0.6,
      evidence: ['2 of 2 texts looked at are whole JSON objects or lists'],
    });
  });

  it('leaves a lone word text, and claims nothing of silence', async () => {
    expect((await chooseDecoders(carrier, [received('ping')]))?.stack).toEqual(['text']);
    expect(await chooseDecoders(carrier, [])).toBeUndefined();
  });

  it('reads a text in a JSON channel as what it is', async () => {
    const reader = await createStackReader(['json'], carrier);
    expect(linesOf(reader.read(received('{"a":1}')))).toEqual(['json:']);
    expect(linesOf(reader.read(received('ping')))).toEqual(['text:']);
  });
});
