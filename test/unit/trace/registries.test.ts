import { describe, expect, it } from 'vitest';
import { EXPORTERS } from '../../../src/trace/exporters.ts';
import { IMPORTERS, importTrace } from '../../../src/trace/importers.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { inByteChunks } from '../../builders/chunks.ts';

describe('the formats', () => {
  it.each(
    EXPORTERS.filter(({ isTrace }) => isTrace).map((exporter) => [exporter.id, exporter] as const),
  )('include %s, which can be written and opened again', async (id, exporter) => {
    const story = aBusySession();
    const text = [...exporter.write(story.build(), { toolVersion: '1' })].join('');
    const { session, warnings } = await importTrace(inByteChunks(text, 333));
    expect([...session.facts()]).toEqual(story.facts());
    expect(warnings).toEqual([]);
    const recognising = IMPORTERS.filter(({ recognises }) => recognises(text.slice(0, 1000)));
    expect(recognising.map((importer) => importer.id)).toEqual([id]);
  });
});
