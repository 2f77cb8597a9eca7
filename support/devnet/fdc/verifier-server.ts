/**
 * The verifier's REST API for one XRP source: attestation endpoints and, through indexer-api.ts, its indexer.
 *
 * Paths, bodies and errors as Flare's verifier-indexer-api. No Swagger, no rate limit.
 */
import type { LedgerHistory } from '../ledger/history.ts';
import { type Attestation, type AttestationType, ATTESTATION_TYPES } from './attestation-types.ts';
import {
  MalformedRequest,
  bytes32Text,
  decodeRequest,
  encodeRequest,
  encodeResponse,
  messageIntegrityCode,
} from './encoding.ts';
import type { FdcFaults } from './faults.ts';
import { type HttpAnswer, type HttpRequest, notFound, ok, startFdcServer } from './http-server.ts';
import type { RunningServer } from './http-server.ts';
import type { Visitors } from '../http/visitors.ts';
import { isRecord } from './is-record.ts';
import { answerIndexer, indexerState } from './indexer-api.ts';
import { type Envelope, InvalidInput, parseEnvelope } from './request-validation.ts';
import { XrpVerifier } from './verifier.ts';

const PREFIX = '/verifier/xrp';

export interface VerifierServerOptions {
  readonly history: LedgerHistory;
  /** testXRP or XRP. */
  readonly sourceId: string;
  readonly apiKey: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
  /** Ledgers on top before a ledger counts; 3 unless said otherwise. */
  readonly confirmations?: number;
  readonly faults?: FdcFaults;
  /** Time for faults that come and go, Unix seconds. */
  readonly nowS?: () => number;
}

export interface VerifierServer extends RunningServer {
  /** The verifier behind the server, for the round engine. */
  readonly verifier: XrpVerifier;
}

/** Starts the server; `url` ends in /verifier/xrp. */
export async function startVerifierServer(options: VerifierServerOptions): Promise<VerifierServer> {
  const verifier = new XrpVerifier(options);
  const server = await startFdcServer({ ...options, owner: 'FDC verifier' }, (request) =>
    answer(verifier, options.apiKey, request),
  );
  return { ...server, url: `${server.url}${PREFIX}`, verifier };
}

function answer(verifier: XrpVerifier, apiKey: string, request: HttpRequest): HttpAnswer {
  const { method, path, headers } = request;
  const forced = verifier.faults.httpStatus?.('verifier', path);
  if (forced !== undefined) return { status: forced, body: { statusCode: forced, message: 'fault' } };
  if (!path.startsWith(`${PREFIX}/`)) return notFound(method, path);
  const route = path.slice(PREFIX.length + 1);
  if (method === 'GET' && route === 'api/health') return ok(indexerState(verifier.confirmed));
  if (method === 'GET' && route === 'api/version') return ok(versionOf(verifier));
  const keys = [headers['x-api-key'], headers['x-apikey']];
  if (!keys.includes(apiKey)) return { status: 401, body: { message: 'Unauthorized', statusCode: 401 } };
  try {
    if (method === 'GET' && route.startsWith('api/indexer/')) {
      return (
        answerIndexer(verifier.confirmed, route.slice('api/indexer/'.length), request.query) ?? notFound(method, path)
      );
    }
    if (method === 'POST') return answerAttestation(verifier, route, request.body) ?? notFound(method, path);
    return notFound(method, path);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { status: 400, body: { message: error.messages, error: 'Bad Request', statusCode: 400 } };
  }
}

function versionOf(verifier: XrpVerifier): unknown {
  return { apiServer: { version: 'devnet' }, indexer: { numConfirmations: verifier.confirmed.confirmations } };
}

function answerAttestation(verifier: XrpVerifier, route: string, body: unknown): HttpAnswer | undefined {
  const [typeName, endpoint = '', ...further] = route.split('/');
  const type = ATTESTATION_TYPES.find((known) => known === typeName);
  if (type === undefined || further.length > 0) return undefined;
  if (endpoint === 'verifyFDC') return ok(verifyFdc(verifier, type, body));
  const present = PRESENTERS.get(endpoint);
  if (present === undefined) return undefined;
  const envelope = parseEnvelope(type, body);
  if (envelope.attestationType !== bytes32Text(type) || envelope.sourceId !== verifier.sourceId) {
    const pair = `${envelope.attestationType} ${envelope.sourceId}`;
    return { status: 400, body: { status: 400, error: `${UNSUPPORTED}: ${pair}` } };
  }
  const verdict = verifier.attest(type, envelope.requestBody);
  if (!('attestation' in verdict)) return ok(verdict);
  return ok({ status: verdict.status, ...present(type, verdict.attestation, envelope) });
}

const UNSUPPORTED = 'Attestation type and source id combination not supported';

type Presenter = (type: AttestationType, attestation: Attestation, envelope: Envelope) => object;

/** A map, since an object also has what every object inherits. */
const PRESENTERS: ReadonlyMap<string, Presenter> = new Map<string, Presenter>([
  ['prepareRequest', (type, attestation) => ({ abiEncodedRequest: encodeRequest(type, attestation) })],
  ['prepareResponse', (type, attestation, { echo }) => ({ response: printedResponse(type, attestation, echo) })],
  ['mic', (type, attestation) => ({ messageIntegrityCode: messageIntegrityCode(type, attestation) })],
]);

function printedResponse(type: AttestationType, attestation: Attestation, echo: Envelope['echo']): object {
  const { lowestUsedTimestamp, responseBody } = attestation;
  const printed = Object.entries(responseBody).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return {
    attestationType: attestation.attestationType,
    sourceId: attestation.sourceId,
    votingRound: '0',
    // The real server prints this one value, 2^64 - 1, in hex.
    lowestUsedTimestamp:
      type === 'AddressValidity' ? `0x${lowestUsedTimestamp.toString(16)}` : String(lowestUsedTimestamp),
    requestBody: echo,
    responseBody: Object.fromEntries(printed) as unknown,
  };
}

/** The providers' question: the whole answer to a request that is already encoded. */
function verifyFdc(verifier: XrpVerifier, type: AttestationType, body: unknown): object {
  const encoded = isRecord(body) ? body['abiEncodedRequest'] : undefined;
  if (typeof encoded !== 'string') throw new InvalidInput(['abiEncodedRequest must be a string']);
  try {
    const request = decodeRequest(encoded);
    if (request.type !== type || request.sourceId !== verifier.sourceId) return { status: 'INVALID' };
    const verdict = verifier.attest(type, request.requestBody);
    if (!('attestation' in verdict)) return verdict;
    return { status: verdict.status, abiEncodedResponse: encodeResponse(type, verdict.attestation, 0n) };
  } catch (error) {
    if (error instanceof MalformedRequest) return { status: 'MALFORMED ATTESTATION REQUEST' };
    throw error;
  }
}
