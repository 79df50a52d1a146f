import { describe, expect, it } from 'vitest';
import { createReport } from '../../../src/core/report.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { aSession } from '../../builders/session.ts';

describe('the report', () => {
  it('tells a busy session in its published shape', async () => {
    const report = JSON.stringify(createReport(aBusySession().build()), null, 2);
    await expect(`${report}\n`).toMatchFileSnapshot('../../fixtures/report.json');
  });

  it('leaves out what is not known', () => {
    const session = aSession({ url: '', startedAt: 0 }).frame().websocket('ws://a.test/').build();
    const report = createReport(session);
    expect(report.session).not.toHaveProperty('browser');
    expect(report.channels[0]).not.toHaveProperty('eventTypes');
    expect(report.channels[0]).not.toHaveProperty('firstMessageAt');
    expect(Object.keys(report.channels[0]?.connections[0] ?? {})).toEqual([
      'id',
      'url',
      'state',
      'source',
      'createdAt',
    ]);
    expect(report.notSeen).toEqual([]);
  });

  it('counts an event type of any name', () => {
    const odd = { eventType: '__proto__' };
    const session = aSession().frame().eventsource('https://a.test/').receives('x', odd).build();
    expect(JSON.stringify(createReport(session).channels[0]?.eventTypes)).toBe('{"__proto__":1}');
  });
});
