/** What the recordings with a schema talk about. */
export const MARKET_PROTO = `syntax = "proto3";
package market;

enum Side { UNKNOWN = 0; BUY = 1; SELL = 2; }

message Quote {
  string symbol = 1;
  double price = 2;
  sint64 delta = 3;
  Side side = 4;
  repeated uint32 depth = 5;
  map<string, int32> venues = 6;
  Maker maker = 7;
  bytes signature = 8;
  uint64 volume = 9;
}
message Maker { string name = 1; repeated string tags = 2; }
message Ask { repeated string symbols = 1; bool live = 2; }
service Feed { rpc Watch(Ask) returns (stream Quote); }
`;

export const QUOTES = Array.from({ length: 6 }, (_, i) => ({
  symbol: ['ACME', 'BETA'][i % 2],
  price: 12.5 + i,
  delta: -3 * i - 1,
  side: 1 + (i % 2),
  depth: [i, 300 + i, 70_000],
  venues: { XETRA: 10 + i, NYSE: -i - 1 },
  maker: { name: `maker ${i}`, tags: ['fast', 'small'] },
  signature: Uint8Array.from([0, 255, i]),
  volume: 5_000_000_000 + i,
}));

/** The decoder's words for the enumeration. */
export const sideOf = (side: number): object => ({
  tag: `Side.${['UNKNOWN', 'BUY', 'SELL'][side] ?? ''}`,
  value: side,
});
