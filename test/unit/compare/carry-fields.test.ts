import { describe, expect, it } from 'vitest';
import { NO_FIELDS, readFields, readKeptFields } from '../../../src/panel/state/carry-fields.ts';

describe('what the user sets of a carrier', () => {
  it('is as recorded where it is left out', () => {
    expect(readFields(NO_FIELDS)).toEqual({ options: {}, problems: {} });
  });

  it('is read with either decimal sign', () => {
    const fields = {
      http: 'h2',
      compression: 'on',
      interval: ' 2,5 ',
      requestHeaders: '900',
      responseHeaders: '300',
    } as const;
    expect(readFields(fields)).toEqual({
      options: {
        http: 'h2',
        isCompressed: true,
        interval: 2_500,
        requestHeaders: 900,
        responseHeaders: 300,
      },
      problems: {},
    });
  });

  it.each(['0', '-1', '1e3', 'fast', '4000', '1.2.3'])(
    'is told in words where it is wrong: %j',
    (interval) => {
      const { options, problems } = readFields({ ...NO_FIELDS, interval, requestHeaders: '10.5' });
      expect(options).toEqual({});
      expect(problems.interval).toContain('a number of seconds, from 0.05 to 3600');
      expect(problems.requestHeaders).toContain('a whole number of bytes');
    },
  );

  it('comes back from storage as far as it is understood', () => {
    expect(readKeptFields(undefined)).toEqual(NO_FIELDS);
    expect(
      readKeptFields({ http: 'h9', compression: 'maybe', interval: 3, requestHeaders: '800' }),
    ).toEqual({
      ...NO_FIELDS,
      requestHeaders: '800',
    });
  });
});
