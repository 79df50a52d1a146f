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
    .removesFrame();
}
