import { describe, expect, it } from 'vitest';
import { createReport } from '../../../src/core/report.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import reportSchema from '../../../src/core/report.schema.json';
import { factToRecord } from '../../../src/trace/wirescope/fact-to-record.ts';
import traceSchema from '../../../src/trace/wirescope-trace.schema.json';
import { aBusySession } from '../../builders/a-busy-session.ts';

interface ObjectSchema {
  required: string[];
  properties: Record<string, unknown>;
}

/** Every field that is written is in the schema, and every required one is written. */
function expectToFit(value: object, { required, properties }: ObjectSchema): void {
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(value)));
  expect(Object.keys(value)).toEqual(expect.arrayContaining(required));
}

describe('the published schemas', () => {
  it('know every kind of fact and its fields', () => {
    const byKind = new Map(
      traceSchema.definitions.fact.oneOf.map((schema) => [schema.properties.kind.const, schema]),
    );
    const facts = aBusySession().facts();
    for (const fact of facts) {
      const schema = byKind.get(fact.kind);
      expect(schema, fact.kind).toBeDefined();
      if (schema !== undefined) expectToFit(factToRecord(fact), schema);
    }
    expect(new Set(facts.map(({ kind }) => kind))).toEqual(new Set(byKind.keys()));
  });

  it('know every field of a report', async () => {
    const session = aBusySession().build();
    const report = createReport(session, await readSession(session));
    expectToFit(report, reportSchema);
    expectToFit(report.session, reportSchema.properties.session);
    for (const channel of report.channels) {
      expectToFit(channel, reportSchema.definitions.channel);
      for (const connection of channel.connections) {
        expectToFit(connection, reportSchema.definitions.connection);
      }
      const { reconnect, heartbeat, silence } = channel;
      const { definitions } = reportSchema;
      if (reconnect !== undefined) expectToFit(reconnect, definitions.reconnect);
      for (const outage of reconnect?.outages ?? []) {
        expectToFit(outage, definitions.outage);
        expectToFit(outage.resume, definitions.resume);
        for (const attempt of outage.attempts) {
          expectToFit(attempt, definitions.outage.properties.attempts.items);
        }
      }
      const { protocol, kinds, pairs } = channel;
      const { properties } = definitions.channel;
      if (protocol !== undefined) expectToFit(protocol, properties.protocol);
      for (const kind of kinds ?? []) expectToFit(kind, properties.kinds.items);
      if (pairs !== undefined) expectToFit(pairs, properties.pairs);
      const { measures, wireCost, costs } = channel;
      if (measures !== undefined) expectToFit(measures, definitions.measures);
      if (wireCost !== undefined) expectToFit(wireCost, properties.wireCost);
      for (const cost of costs ?? []) expectToFit(cost, definitions.cost);
      if (heartbeat) expectToFit(heartbeat, definitions.heartbeat);
      if (silence !== undefined) expectToFit(silence, definitions.channel.properties.silence);
    }
    for (const gap of report.notSeen) expectToFit(gap, reportSchema.properties.notSeen.items);
  });
});
