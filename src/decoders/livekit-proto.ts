import { REQUESTS, RESPONSES } from './livekit-names.ts';

/** Fields whose message is read by name; those of the others keep their numbers. */
const TYPES: Readonly<Record<string, string>> = {
  offer: 'SessionDescription',
  answer: 'SessionDescription',
  trickle: 'Trickle',
  mute: 'Mute',
  leave: 'Leave',
  ping: 'int64',
  pong: 'int64',
  ping_req: 'Ping',
  pong_resp: 'Pong',
  refresh_token: 'string',
  join: 'Join',
  update: 'ParticipantUpdate',
  add_track: 'AddTrack',
  track_published: 'TrackPublished',
  track_unpublished: 'TrackUnpublished',
  speakers_changed: 'SpeakersChanged',
  connection_quality: 'ConnectionQuality',
};

const signal = (name: string, fields: ReadonlyMap<number, string>): string =>
  [
    `message ${name} {`,
    ...[...fields].map(([number, field]) => `  ${TYPES[field] ?? 'Other'} ${field} = ${number};`),
    '}',
  ].join('\n');

/** LiveKit's signalling (https://github.com/livekit/protocol/blob/main/protobufs/livekit_rtc.proto): what most is about. */
export const LIVEKIT_PROTO = `syntax = "proto3";
${signal('SignalRequest', REQUESTS)}
${signal('SignalResponse', RESPONSES)}
message Other {}
enum SignalTarget { PUBLISHER = 0; SUBSCRIBER = 1; }
enum TrackType { AUDIO = 0; VIDEO = 1; DATA = 2; }
enum ParticipantState { JOINING = 0; JOINED = 1; ACTIVE = 2; DISCONNECTED = 3; }
enum DisconnectReason { UNKNOWN_REASON = 0; CLIENT_INITIATED = 1; DUPLICATE_IDENTITY = 2; SERVER_SHUTDOWN = 3; PARTICIPANT_REMOVED = 4; ROOM_DELETED = 5; STATE_MISMATCH = 6; JOIN_FAILURE = 7; MIGRATION = 8; SIGNAL_CLOSE = 9; ROOM_CLOSED = 10; USER_UNAVAILABLE = 11; USER_REJECTED = 12; SIP_TRUNK_FAILURE = 13; CONNECTION_TIMEOUT = 14; MEDIA_FAILURE = 15; }
enum LeaveAction { DISCONNECT = 0; RESUME = 1; RECONNECT = 2; }
enum Quality { POOR = 0; GOOD = 1; EXCELLENT = 2; LOST = 3; }
message SessionDescription { string type = 1; string sdp = 2; uint32 id = 3; }
message Trickle { string candidateInit = 1; SignalTarget target = 2; bool final = 3; }
message Mute { string sid = 1; bool muted = 2; }
message Leave { bool can_reconnect = 1; DisconnectReason reason = 2; LeaveAction action = 3; }
message Ping { int64 timestamp = 1; int64 rtt = 2; }
message Pong { int64 last_ping_timestamp = 1; int64 timestamp = 2; }
message AddTrack { string cid = 1; string name = 2; TrackType type = 3; uint32 width = 4; uint32 height = 5; bool muted = 6; }
message Track { string sid = 1; TrackType type = 2; string name = 3; bool muted = 4; uint32 width = 5; uint32 height = 6; string mime_type = 11; }
message TrackPublished { string cid = 1; Track track = 2; }
message TrackUnpublished { string track_sid = 1; }
message Room { string sid = 1; string name = 2; string metadata = 8; uint32 num_participants = 9; }
message Participant {
  string sid = 1; string identity = 2; ParticipantState state = 3; repeated Track tracks = 4;
  string metadata = 5; int64 joined_at = 6; string name = 9; uint32 version = 10;
  map<string, string> attributes = 15;
}
message ParticipantUpdate { repeated Participant participants = 1; }
message Join {
  Room room = 1; Participant participant = 2; repeated Participant other_participants = 3;
  string server_version = 4; string server_region = 9; int32 ping_timeout = 10; int32 ping_interval = 11;
}
message Speaker { string sid = 1; float level = 2; bool active = 3; }
message SpeakersChanged { repeated Speaker speakers = 1; }
message QualityOf { string participant_sid = 1; Quality quality = 2; float score = 3; }
message ConnectionQuality { repeated QualityOf updates = 1; }
`;
