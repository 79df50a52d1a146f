import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/lab/cli/command-errors.ts';
import { readRecordOptions } from '../../../src/lab/cli/record-options.ts';

describe('the arguments of record', () => {
  test('need nothing but a URL', () => {
    expect(readRecordOptions(['https://example.org/a?b#c'])).toEqual({
      url: 'https://example.org/a?b#c',
      seconds: 10,
      out: 'out',
      formats: ['jsonl', 'har'],
      json: false,
      workers: false,
    });
  });

  test('may stand in any order', () => {
    const args = [
      '--json',
      '--workers',
      '--seconds=0.5',
      'http://a/',
      '--formats',
      'har, har',
      '--out',
      'b',
    ];
    expect(readRecordOptions(args)).toEqual({
      url: 'http://a/',
      seconds: 0.5,
      out: 'b',
      formats: ['har'],
      json: true,
      workers: true,
    });
  });

  test.each([
    ['localhost:3000', 'http://localhost:3000/'],
    ['127.0.0.1:80/x', 'http://127.0.0.1/x'],
    ['example.org', 'http://example.org/'],
    ['[::1]:8080', 'http://[::1]:8080/'],
  ])('take %s for %s', (typed, url) => {
    expect(readRecordOptions([typed]).url).toBe(url);
  });

  test.each([
    [[], 'The URL is missing.'],
    [['a', 'b'], 'One URL only: what is “b”?'],
    [['ftp://a/'], '“ftp://a/”: only http and https pages can be recorded.'],
    [['http://'], '“http://” is not a URL.'],
    [['a', '--seconds', 'ten'], '--seconds takes a number from 0 to 86400, not “ten”.'],
    [['a', '--seconds', ''], '--seconds takes a number from 0 to 86400, not “”.'],
    [['a', '--seconds=-1'], '--seconds takes a number from 0 to 86400, not “-1”.'],
    [
      ['a', '--formats', 'har,pcap'],
      'Unknown format “pcap”: known are jsonl, har, csv, tsv, perfetto, otlp.',
    ],
    [['a', '--bogus'], "Unknown option '--bogus'"],
    [['a', '--json=yes'], "Option '--json' does not take an argument"],
  ])('are refused where they make no sense: %j', (args, message) => {
    const read = () => readRecordOptions(args);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});
