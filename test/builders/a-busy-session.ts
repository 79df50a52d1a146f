import { aSession, type SessionBuilder } from './session.ts';

/** A session in which every kind of fact happens, and every kind of message. */
export function aBusySession(): SessionBuilder {
  return aSession()
    .frame('https://shop.test/')
    .websocket('wss://shop.test/quotes?token=a%20b&v=2', { requestedSubprotocols: ['v2', 'v1'] })
    .after(20)
    .opens({ subprotocol: 'v2', extensions: 'permessage-deflate' })
    .sends('subscribe', { early: true })
    .receives('{"bid":1}')
    .receives('\ud800 lone')
    .receives(new Uint8Array([0, 1, 254, 255]))
    .receives(new Uint8Array([7]), { dataType: 'blob' })
    .sends(new Uint8Array([9, 9]), { dataType: 'view' })
    .sends(new Uint8Array(0), {
      dataType: 'blob',
      payload: null,
      payloadState: 'pending',
      byteLength: 900,
    })
    .receives('', { payload: null, payloadState: 'evicted', byteLength: 12 })
    .receives('abc', { payloadState: 'cut', byteLength: 3000 })
    .drops(1, 40)
    .eventsource('https://shop.test/events')
    .opens()
    .receives('one', { eventType: 'message', lastEventId: '' })
    .receives('two', { eventType: 'tick', lastEventId: '17' })
    .errors()
    .ends({ endedBy: 'network' })
    .after(3000)
    .reconnects()
    .opens()
    .receives('three', { eventType: 'tick', lastEventId: '18' })
    .on(1)
    .buffers(70_000)
    .closing(1000, 'bye')
    .sends('too late', { discarded: true })
    .ends({ endedBy: 'page', closeCode: 1000, closeReason: 'bye', wasClean: true })
    .frame('https://ads.test/frame')
    .tapFails('TypeError: x is undefined')
    .websocket('ws://ads.test/refused')
    .errors()
    .ends({ endedBy: 'unknown', closeCode: 1006, closeReason: '', wasClean: false })
    .websocket('ws://ads.test/open')
    .opens({ subprotocol: '' })
    .receives('hello')
    .removesFrame()
    .on(2)
    .logged({
      requestHeaders: [['accept', 'text/event-stream']],
      responseHeaders: [['content-type', 'text/event-stream']],
      status: 200,
      httpVersion: 'h2',
      remoteAddress: '[2001:db8::1]:443',
      timings: { blocked: 1, dns: 2, connect: 4, ssl: 3, send: 0, wait: 5 },
    })
    .frame('https://shop.test/assistant')
    .dropsConnections(2, 3)
    .request('https://shop.test/v1/chat', 'fetch-stream', {
      method: 'POST',
      requestHeaders: [['content-type', 'application/json']],
      initiator: 'at ask (https://shop.test/app.js:1:2)',
    })
    .sends('{"stream":true}')
    .opens({ status: 200, responseHeaders: [['Content-Type', 'text/event-stream']] })
    .notes({ comment: ' hello' })
    .notes({ reconnectionTime: 3000 })
    .receives('{"delta":"Hi"}', { eventType: 'message', lastEventId: '' })
    .receives('', { payload: null, payloadState: 'cut', byteLength: 77 })
    .ends({ endedBy: 'server', wasClean: true })
    .request('https://shop.test/log', 'xhr-stream', { method: 'GET' })
    .opens({ status: 200, responseHeaders: [['content-type', 'application/x-ndjson']] })
    .receives('{"a":1}\r')
    .receives('')
    .receives('{"b":2}', { unterminated: true })
    .ends({ endedBy: 'page' })
    .request('https://shop.test/status?t=1', 'polling', { method: 'GET' })
    .opens({ status: 200 })
    .receives(new Uint8Array([1, 2, 255]), { source: 'network-log' })
    .ends({ endedBy: 'server', wasClean: true })
    .request('https://shop.test/status?t=2', 'polling', {
      method: 'POST',
      continues: 8,
      link: { basis: 'inferred', evidence: ['one every 2 s, give or take 3 %'] },
    })
    .sends('since=1')
    .opens({ status: 503 })
    .ends({ endedBy: 'server', wasClean: true })
    .setsAside()
    .setsAside(false)
    .decides('begins')
    .decides('continues', 8)
    .replaces('WebTransport')
    .posts('https://shop.test', 120)
    .hides()
    .goesOffline()
    .drills(7)
    .drillStep('refuse', { attempts: 2, duration: 0 })
    .endsDrill();
}
