import { createServer } from 'node:http';
import { createFileRegistry, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcWebTransport } from '@connectrpc/connect-node';
import protobuf from 'protobufjs';
import 'protobufjs/ext/descriptor.js';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';
import { MARKET_PROTO, QUOTES, sideOf } from './market.ts';

export const GRPC_WEB_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'grpc-web',
    stack: ['grpc-web', 'protobuf'],
    packages: ['@connectrpc/connect', '@connectrpc/connect-node'],
    given: { protoFiles: [{ name: 'market.proto', text: MARKET_PROTO }] },
    picks: () => true,
    run: watchQuotes,
  },
];

/** What protobufjs calls by their last names alone. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  Side: '.market.Side',
  Maker: '.market.Maker',
  Venues: '.market.Quote.Venues',
};

/** The service as the library wants it: by descriptors. */
function feedService() {
  const root = protobuf.parse(MARKET_PROTO).root as protobuf.Root & {
    toDescriptor: (syntax: string) => protobuf.Message;
  };
  root.resolveAll();
  const files = JSON.parse(JSON.stringify(root.toDescriptor('proto3')), (key, value: unknown) =>
    key === 'typeName' ? (FULL_NAMES[value as string] ?? value) : value,
  ) as JsonValue;
  const set = fromJson(FileDescriptorSetSchema, files);
  const service = createFileRegistry(set).getService('market.Feed');
  if (service === undefined) throw new Error('market.Feed is not in its own file');
  return service;
}

/** A message without what the library adds, 64 bits as a number, for all here are small enough. */
const plain = (message: object): object =>
  JSON.parse(
    JSON.stringify(message, (key, value: unknown) => {
      if (key.startsWith('$')) return undefined;
      if (typeof value === 'bigint') return Number(value);
      return key === 'side' ? sideOf(value as number) : value;
    }),
  ) as object;

/** The library makes methods of what a service has, which no type knows here. */
interface FeedClient {
  watch: (
    asked: object,
    options: { onTrailer: (told: Headers) => void },
  ) => AsyncIterable<{ signature: Uint8Array }>;
}

async function* watch() {
  for (const quote of QUOTES) {
    const { delta, volume } = quote;
    yield await Promise.resolve({ ...quote, delta: BigInt(delta), volume: BigInt(volume) });
  }
}

async function watchQuotes({ proxy, tell, atEnd }: Stage): Promise<void> {
  const service = feedService();
  const server = createServer(
    connectNodeAdapter({
      routes: (router) => {
        router.service(service, { watch } as object);
      },
    }),
  );
  atEnd(() => server.close());
  const transport = createGrpcWebTransport({
    baseUrl: `http://${await proxy(server)}`,
    httpVersion: '1.1',
  });
  const client = createClient(service, transport) as unknown as FeedClient;
  const asked = { symbols: ['ACME', 'BETA'], live: true };
  tell('sent', 'Ask', asked);
  let trailers: object = {};
  const quotes = client.watch(asked, {
    onTrailer: (told) => {
      trailers = Object.fromEntries(told);
    },
  });
  for await (const quote of quotes) {
    tell('received', 'Quote', { ...plain(quote), signature: quote.signature });
  }
  tell('received', 'trailers', trailers);
}
