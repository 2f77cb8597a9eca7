/**
 * The data-availability REST API: proofs of finalised rounds, in the old form (v0), the new one (v1) and raw.
 *
 * Keeps two traits of the real one that clients trip over: v0 prints integers as decimal strings where v1 prints JSON
 * numbers of any size, and every reason for having no proof gives the same 400. Without FTSO and without key.
 */
import type { Clock } from '../clock.ts';
import type { AbiStruct } from './attestation-types.ts';
import type { FdcFaults } from './faults.ts';
import { type HttpAnswer, type HttpRequest, notFound, ok, startFdcServer } from './http-server.ts';
import type { RunningServer } from './http-server.ts';
import type { Visitors } from '../http/visitors.ts';
import { isRecord } from './is-record.ts';
import type { ProofStore, StoredProof } from './proof-store.ts';
import type { VotingRounds } from './voting-rounds.ts';

export interface DataAvailabilityServerOptions {
  readonly store: ProofStore;
  readonly clock: Pick<Clock, 'nowS'>;
  readonly votingRounds: VotingRounds;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
  readonly faults?: FdcFaults;
}

export async function startDataAvailabilityServer(options: DataAvailabilityServerOptions): Promise<RunningServer> {
  return await startFdcServer({ ...options, owner: 'FDC data availability' }, (request) => answer(options, request));
}

type Printer = (proof: StoredProof) => unknown;

function answer(options: DataAvailabilityServerOptions, request: HttpRequest): HttpAnswer {
  const { method, path, query } = request;
  const forced = options.faults?.httpStatus?.('data-availability', path);
  if (forced !== undefined) return { status: forced, body: { detail: 'fault' } };
  switch (`${method} ${path}`) {
    case 'GET /api/health':
      return ok({ healthy: true });
    case 'GET /api/v0/fsp/status':
      return ok(status(options));
    case 'GET /api/v0/fsp/latest-voting-round':
      return ok(activeRound(options));
    case 'GET /api/v0/fdc':
      return proofsOfRound(options, query, printV0);
    case 'GET /api/v1/fdc':
      return proofsOfRound(options, query, printV1);
    case 'GET /api/v1/fdc/raw':
      return proofsOfRound(options, query, printRaw);
    case 'POST /api/v0/fdc/get-proof-round-id-bytes':
      return proofOfRequest(options, request.body, true, printV0);
    case 'POST /api/v1/fdc/proof-by-request-round':
      return proofOfRequest(options, request.body, false, printV1);
    case 'POST /api/v1/fdc/proof-by-request-round-raw':
      return proofOfRequest(options, request.body, false, printRaw);
    default:
      return notFound(method, path);
  }
}

function status(options: DataAvailabilityServerOptions): object {
  const latest = options.store.latestRound(options.clock.nowS());
  return { active: activeRound(options), latest_fdc: printRound(options, latest), latest_ftso: printRound(options) };
}

function activeRound(options: DataAvailabilityServerOptions): object {
  return printRound(options, options.votingRounds.roundAt(options.clock.nowS()));
}

function printRound({ votingRounds }: DataAvailabilityServerOptions, id?: number): object {
  return id === undefined || id < 0
    ? { voting_round_id: -1, start_timestamp: -1 }
    : { voting_round_id: id, start_timestamp: votingRounds.startS(id) };
}

function proofsOfRound(options: DataAvailabilityServerOptions, query: URLSearchParams, print: Printer): HttpAnswer {
  const round = query.get('voting_round_id');
  if (round === null) return fieldErrors({ voting_round_id: REQUIRED });
  if (!isInteger(round)) return fieldErrors({ voting_round_id: NO_INTEGER });
  return ok(options.store.round(Number(round), options.clock.nowS()).map(print));
}

function proofOfRequest(
  options: DataAvailabilityServerOptions,
  body: unknown,
  roundRequired: boolean,
  print: Printer,
): HttpAnswer {
  const { votingRoundId, requestBytes } = isRecord(body) ? body : {};
  const faults: Record<string, string> = {};
  if (votingRoundId === undefined && roundRequired) faults['votingRoundId'] = REQUIRED;
  if (votingRoundId !== undefined && !isInteger(votingRoundId)) faults['votingRoundId'] = NO_INTEGER;
  if (requestBytes === undefined) faults['requestBytes'] = REQUIRED;
  else if (typeof requestBytes !== 'string') faults['requestBytes'] = 'Not a valid string.';
  if (Object.keys(faults).length > 0) return fieldErrors(faults);
  const round = votingRoundId === undefined ? undefined : Number(votingRoundId);
  const found = options.store.find(String(requestBytes), round, options.clock.nowS());
  return found ? ok(print(found)) : { status: 400, body: { error: 'attestation request not found' } };
}

function isInteger(value: unknown): value is number | string {
  return (typeof value === 'number' || typeof value === 'string') && /^\d{1,15}$/.test(`${value}`);
}

const REQUIRED = 'This field is required.';
const NO_INTEGER = 'A valid integer is required.';

function fieldErrors(faults: Readonly<Record<string, string>>): HttpAnswer {
  return { status: 400, body: Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, [fault]])) };
}

const printV0: Printer = ({ proof, ...stored }) => ({ response: asStrings(response(stored)), proof });
const printV1: Printer = ({ proof, ...stored }) => ({ response: response(stored), proof });
const printRaw: Printer = ({ responseHex, attestation, proof }) => ({
  response_hex: responseHex,
  attestation_type: attestation.attestationType,
  proof,
});

type PrintedResponse = Readonly<Record<string, AbiStruct | AbiStruct[string]>>;

function response({ attestation, votingRoundId }: Omit<StoredProof, 'proof'>): PrintedResponse {
  const { attestationType, sourceId, lowestUsedTimestamp, requestBody, responseBody } = attestation;
  return {
    attestationType,
    sourceId,
    votingRound: BigInt(votingRoundId),
    lowestUsedTimestamp,
    requestBody,
    responseBody,
  };
}

function asStrings(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asStrings(member)]));
}
