import { compareProbes } from './compare.ts';

/** Two peers in one page; probes run inside the page, so each makes its own. */
compareProbes('RTCDataChannel', {
  'has its native slots, before and after the first peer connection': () => {
    const describe = () =>
      [
        globalThis,
        RTCPeerConnection,
        RTCPeerConnection.prototype,
        RTCDataChannel.prototype,
        EventTarget.prototype,
      ].map((owner) =>
        Reflect.ownKeys(owner)
          .filter((key) => owner !== globalThis || String(key).includes('RTC'))
          // Firefox makes them as they are asked for, in that order.
          .sort((a, b) => String(a).localeCompare(String(b)))
          .map((key) => {
            const { value, get, ...flags } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
            const own: unknown = value ?? get;
            return typeof own === 'function'
              ? [String(key), flags, own.name, own.length, Reflect.ownKeys(own).sort(), String(own)]
              : [String(key), flags, String(own)];
          }),
      );
    const before = describe();
    const peer = new RTCPeerConnection();
    const channel = peer.createDataChannel('x');
    const answers = [
      peer.constructor === RTCPeerConnection,
      peer instanceof RTCPeerConnection,
      Object.getPrototypeOf(peer) === RTCPeerConnection.prototype,
      RTCPeerConnection.prototype.constructor === RTCPeerConnection,
      Reflect.get(globalThis, 'webkitRTCPeerConnection') === RTCPeerConnection,
      channel instanceof RTCDataChannel,
      Reflect.ownKeys(peer),
      Reflect.ownKeys(channel),
      peer.ondatachannel,
      channel.onmessage,
    ];
    peer.close();
    return [before, describe(), answers];
  },

  'refuses bad calls with the native errors': () => {
    const peer = new RTCPeerConnection();
    const channel = peer.createDataChannel('x');
    const call = (owner: object, name: string, self: unknown, ...args: unknown[]): unknown =>
      Reflect.apply(Reflect.get(owner, name) as CallableFunction, self, args);
    const outcomes: unknown[] = [];
    const tries: (() => unknown)[] = [
      () => (RTCPeerConnection as unknown as () => unknown)(),
      () => new RTCPeerConnection(5 as never),
      () => new RTCPeerConnection({ iceServers: [{ urls: 'bad' }] }),
      () => call(RTCPeerConnection.prototype, 'createDataChannel', peer),
      () => call(RTCPeerConnection.prototype, 'createDataChannel', {}, 'x'),
      () => peer.createDataChannel('x', { maxRetransmits: 1, maxPacketLifeTime: 1 }),
      () => peer.createDataChannel('x'.repeat(70_000)),
      () => peer.createDataChannel('x', { negotiated: true }),
      () => peer.createDataChannel(Symbol('x') as never),
      () => peer.createDataChannel({ toString: () => 'own' } as never).label,
      () => channel.send('too early'),
      () => call(RTCDataChannel.prototype, 'send', channel),
      () => call(RTCDataChannel.prototype, 'send', {}, 'x'),
      () => call(RTCDataChannel.prototype, 'close', {}),
      () => {
        peer.close();
        return [channel.readyState, peer.connectionState];
      },
      () => peer.createDataChannel('late'),
      () => channel.send('too late'),
    ];
    for (const attempt of tries) {
      try {
        outcomes.push(String(attempt()));
      } catch (error) {
        const { name, message, constructor, stack = '' } = error as Error;
        outcomes.push([name, message, constructor.name, stack.includes('extension')]);
      }
    }
    return outcomes;
  },

  'opens, carries every kind of data both ways and closes with the same events': async () => {
    const log: unknown[] = [];
    const told = (data: unknown) =>
      typeof data === 'string' ? data : [Object.prototype.toString.call(data), sizeOf(data)];
    const sizeOf = (data: unknown) =>
      data instanceof Blob ? data.size : (data as ArrayBuffer).byteLength;
    const follow = (name: string, channel: RTCDataChannel) => {
      for (const type of ['open', 'message', 'error', 'closing', 'close']) {
        channel.addEventListener(type, (event) => {
          const data = type === 'message' ? told((event as MessageEvent).data) : '';
          log.push([name, type, data, channel.readyState, event.isTrusted, event.eventPhase]);
        });
      }
    };
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    const pass = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) =>
      void to.addIceCandidate(event.candidate);
    here.onicecandidate = pass(there);
    there.onicecandidate = pass(here);
    const channel = here.createDataChannel('chat', { protocol: 'talk', ordered: true });
    follow('here', channel);
    const isOpen = new Promise((resolve) => {
      channel.addEventListener('open', resolve, { once: true });
    });
    const came = new Promise<RTCDataChannel>((resolve) => {
      there.addEventListener('datachannel', ({ channel: theirs }) => {
        follow('there', theirs);
        resolve(theirs);
      });
    });
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription ?? { type: 'offer' });
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription ?? { type: 'offer' });
    const theirs = await came;
    await isOpen;
    const heard = (target: RTCDataChannel, type: string) =>
      new Promise((resolve) => {
        target.addEventListener(type, resolve, { once: true });
      });
    log.push([theirs.label, theirs.protocol, theirs.binaryType, Reflect.ownKeys(theirs)]);
    for (const data of [
      'text',
      '',
      new Uint8Array([1, 2, 3]),
      new Uint8Array([4, 5]).buffer,
      new Blob(['blob']),
      { toString: () => 'own' },
      5,
      null,
    ]) {
      const arrived = heard(theirs, 'message');
      channel.send(data as string);
      await arrived;
    }
    channel.binaryType = 'blob';
    const answered = heard(channel, 'message');
    theirs.send(new Uint8Array(7));
    await answered;
    const [ended, theirEnd] = [heard(channel, 'close'), heard(theirs, 'close')];
    theirs.close();
    await Promise.all([ended, theirEnd]);
    here.close();
    there.close();
    const of = (name: string) => log.filter((entry) => (entry as unknown[])[0] === name);
    return [of('here'), of('there'), of('chat')];
  },

  'can be subclassed, and made by a constructor of another realm': () => {
    class Peer extends RTCPeerConnection {
      label = 'peer';
    }
    const peer = new Peer();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const foreign = frame.contentWindow as unknown as typeof globalThis;
    const theirs = new foreign.RTCPeerConnection();
    const channel = RTCPeerConnection.prototype.createDataChannel.call(theirs, 'x');
    const answers = [
      peer.label,
      peer instanceof Peer,
      peer.constructor === Peer,
      foreign.RTCPeerConnection === RTCPeerConnection,
      channel.label,
      foreign.Function.prototype.toString.call(RTCPeerConnection),
    ];
    peer.close();
    theirs.close();
    return answers;
  },
});
