import { formatCountOf } from '../format.ts';
import { headerOf, isStreamType } from './content-type.ts';
import { createExchange, type Admission, type Exchange } from './exchange.ts';
import {
  answeredType,
  createHeldRequest,
  type HeldRequest,
  holdFact,
  isStreamedBody,
} from './held-request.ts';
import { createHeldRequests, HOLD_LIMITS, type RequestGroup } from './held-requests.ts';
import { pollEvidence } from './poll-evidence.ts';
import { pollKey } from './poll-key.ts';
import {
  BAYEUX_EVIDENCE,
  isBayeuxConnect,
  negotiatedEndpoint,
  protocolMark,
} from './protocol-mark.ts';
import type { EmitSorted, RequestCreated, RequestFact } from './request.ts';
import { createStreamedBefore } from './streamed-before.ts';

/** Tells what the requests of one document amount to. */
export interface Sorter {
  /** Facts of one request come in their order, those of all requests in the order of the page. */
  hear: (fact: RequestFact) => void;
}

const EVENT_STREAM = /(?:^|[\s,])text\/event-stream(?:$|[\s,;])/iu;
/** A client negotiates once for each connection. */
const MOST_NEGOTIATED = 100;

/**
 * Holds requests until evidence says that they are real-time traffic, and then tells their facts as those of
 * connections; of all others nothing is ever told. It decides on facts alone, in their order: there
 * is no clock in it.
 *
 * @param emit takes facts under the numbers of the requests; a group that is admitted comes with all
 *   its held requests, in their order
 * @param note hears of requests that ended as part of nothing; polling may still be made of them
 */
export function createSorter(
  emit: EmitSorted,
  limits = HOLD_LIMITS,
  note: (request: HeldRequest) => void = () => undefined,
): Sorter {
  const held = createHeldRequests(limits);
  const streamed = createStreamedBefore();
  const negotiated = new Set<string>();
  const admitted = new Map<number, Exchange>();
  let order = 0;

  function admit(created: RequestCreated, admission: Admission): Exchange {
    const exchange = createExchange(created, admission, emit);
    admitted.set(created.connection, exchange);
    return exchange;
  }

  function admitStream(request: HeldRequest): void {
    held.release(request);
    replay([request], streamAdmission);
  }

  /** Tells what was held of requests, in the order in which it was heard. */
  function replay(
    requests: readonly HeldRequest[],
    admissionOf: (created: RequestCreated) => Admission,
  ): void {
    const facts = requests.flatMap((request) => request.facts);
    if (requests.length > 1) facts.sort((a, b) => a.order - b.order);
    for (const { fact } of facts) {
      if (fact.kind === 'connection-created') admit(fact, admissionOf(fact));
      else tell(fact);
    }
  }

  function tell(fact: Exclude<RequestFact, RequestCreated>): void {
    admitted.get(fact.connection)?.hear(fact);
    if (fact.kind === 'connection-ended') admitted.set(fact.connection, afterwards);
  }

  /** What was let go of a request may be heard of only after its end. */
  const afterwards: Exchange = {
    hear: (fact) => {
      if (fact.kind === 'messages-dropped') emit(fact);
    },
  };

  function create(created: RequestCreated): void {
    if (EVENT_STREAM.test(headerOf(created.requestHeaders, 'accept') ?? '')) {
      admit(created, streamAdmission(created));
      return;
    }
    const mark = protocolMark(created, negotiated);
    const group = held.groupOf(mark?.key ?? pollKey(created));
    const asked = negotiatedEndpoint(created);
    if (asked !== undefined && negotiated.size < MOST_NEGOTIATED) negotiated.add(asked);
    if (mark !== undefined) group.mark = { ...mark, needs: Math.min(mark.needs, neededBy(group)) };
    if (group.channel !== undefined) {
      admit(created, pollAdmission(group, created));
      return;
    }
    held.hold(createHeldRequest(created, order), group);
    judge(group);
  }

  function judge(group: RequestGroup): void {
    const { mark, requests } = group;
    const isMarked =
      mark !== undefined &&
      requests.length >= mark.needs &&
      (mark.needsMethod === undefined ||
        requests.some(({ created }) => created.method === mark.needsMethod));
    const evidence = isMarked ? [mark.evidence] : pollEvidence(requests);
    if (evidence === undefined) return;
    group.channel = { evidence: withForgotten(evidence, group.forgotten), last: 0 };
    for (const request of requests) held.release(request);
    replay(requests, (created) => pollAdmission(group, created));
    group.channel.evidence = evidence;
  }

  function pollAdmission(group: RequestGroup, created: RequestCreated): Admission {
    const { evidence = [], last = 0 } = group.channel ?? {};
    group.channel = { evidence, last: created.connection };
    const bodyKind = protocolMark(created, negotiated)?.bodyKind;
    return {
      transport: 'polling',
      ...(last > 0 && { continues: last, link: { basis: 'inferred', evidence } }),
      ...(bodyKind !== undefined && { bodyKind }),
    };
  }

  function hearHeld(fact: Exclude<RequestFact, RequestCreated>): void {
    const found = held.find(fact.connection);
    if (found === undefined) return;
    const { held: request, group } = found;
    const before = request.heldBytes;
    holdFact(request, fact, order);
    held.grew(request, request.heldBytes - before);
    if (isStream(request, fact)) {
      admitStream(request);
    } else if (fact.kind === 'message' && isBayeuxConnect(fact)) {
      group.mark ??= { key: group.key, evidence: BAYEUX_EVIDENCE, needs: 2 };
      judge(group);
    } else if (fact.kind === 'connection-ended') {
      note(request);
      held.trim(group);
    }
  }

  function isStream(request: HeldRequest, { kind }: RequestFact): boolean {
    const isAnswer = kind === 'connection-opened';
    const isShown =
      kind === 'message'
        ? isStreamedBody(request)
        : isAnswer && isStreamType(answeredType(request));
    if (isShown) streamed.remember(request);
    return isShown || ((isAnswer || kind === 'connection-ended') && streamed.isAnotherTry(request));
  }

  return {
    hear: (fact) => {
      order += 1;
      if (fact.kind === 'connection-created') create(fact);
      else if (admitted.has(fact.connection)) tell(fact);
      else hearHeld(fact);
    },
  };
}

const neededBy = ({ mark }: RequestGroup): number => mark?.needs ?? Infinity;

function streamAdmission({ transport }: RequestCreated): Admission {
  return { transport: transport === 'fetch' ? 'fetch-stream' : 'xhr-stream' };
}

function withForgotten(evidence: string[], forgotten: number): string[] {
  if (forgotten === 0) return evidence;
  return [...evidence, `${formatCountOf(forgotten, 'earlier request')} to it are no longer held`];
}
