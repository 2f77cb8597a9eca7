/**
 * The round engine: what Flare's data providers do together, done by one process at the devnet's clock.
 *
 * At each round's finalisation time it gathers the round's requests from the chain, verifies them again, builds the
 * Merkle tree, has the root relayed and gives the proofs to the data-availability store. No votes, no signatures, no
 * rewards, and it never moves time.
 */
import { Interface } from 'ethers';
import type { EvmAccount } from '../../clients/flare/account.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { Clock, Restorable, Restore } from '../clock.ts';
import type { FdcDeployment } from '../deploy/deployment.ts';
import type { Attestation, AttestationType, Hex } from './attestation-types.ts';
import {
  MalformedRequest,
  decodeRequest,
  encodeRequest,
  encodeResponse,
  leafOf,
  messageIntegrityCode,
} from './encoding.ts';
import type { DecodedRequest } from './encoding.ts';
import type { FdcFaults } from './faults.ts';
import { buildMerkleTree } from './merkle-tree.ts';
import { ProofStore, type StoredProof } from './proof-store.ts';
import { type ChainActivity, type LoggedRequest, RequestLog } from './request-log.ts';
import type { XrpVerifier } from './verifier.ts';
import { VotingRounds } from './voting-rounds.ts';

const FDC_PROTOCOL_ID = 200;
const DATA_AGE_LIMIT_S = 1_209_600n;
const DEFAULT_FINALIZATION_DELAY_S = 45;
/** Any valid address would do: the ledger's genesis account. */
const FILLER_ADDRESS = 'rHb9CJAWyB4rj91VRWn96DkukG7bwdtyTh';

const relay = new Interface(['function setMerkleRoot(uint8 protocolId, uint32 votingRoundId, bytes32 merkleRoot)']);

export interface FdcRoundsOptions {
  readonly clock: Clock;
  readonly rpc: JsonRpc;
  /** Saves the look at the chain when nothing can have happened. */
  readonly activity?: ChainActivity;
  readonly deployment: Pick<FdcDeployment, 'relay' | 'fdcHub'>;
  /** Owner of Relay. */
  readonly relayer: EvmAccount;
  readonly verifier: XrpVerifier;
  readonly firstVotingRoundStartS: number;
  readonly votingEpochS: number;
  /** Seconds from the end of the collect phase to the root; 45 unless said otherwise. */
  readonly finalizationDelayS?: number;
  /** Leaves out the filler attestation, so that a lone request has an empty proof. */
  readonly singleLeaf?: boolean;
  readonly faults?: FdcFaults;
}

interface ConfirmedRequest {
  readonly type: AttestationType;
  readonly requestHex: Hex;
  readonly attestation: Attestation;
}

export class FdcRounds implements Restorable {
  readonly store = new ProofStore();
  readonly votingRounds: VotingRounds;
  readonly #options: FdcRoundsOptions;
  readonly #log: RequestLog;
  readonly #finalizationDelayS: number;
  /** Requests read from the chain whose round is not over. */
  #waiting: readonly LoggedRequest[] = [];
  /** Requests went without a root, and nobody can tell until a later round has one. */
  #owesRoot = false;
  #lastRound = -1;

  /** Registers itself with the clock; the first round it finalises is the one that is current now. */
  constructor(options: FdcRoundsOptions) {
    this.#options = options;
    this.votingRounds = new VotingRounds(options.firstVotingRoundStartS, options.votingEpochS);
    this.#log = new RequestLog(options.rpc, options.deployment.fdcHub, options.activity);
    this.#finalizationDelayS = options.finalizationDelayS ?? DEFAULT_FINALIZATION_DELAY_S;
    const current = Math.max(0, this.votingRounds.roundAt(options.clock.nowS()));
    options.clock.every({
      name: 'FDC round',
      intervalS: options.votingEpochS,
      firstAtS: this.votingRounds.endS(current) + this.#finalizationDelayS,
      run: async (atS) => await this.#finalize(this.votingRounds.roundAt(atS - this.#finalizationDelayS) - 1, atS),
    });
  }

  /** True once the round's time of finalisation is past, whether it got a root or not. */
  isOver(votingRoundId: number): boolean {
    return votingRoundId <= this.#lastRound;
  }

  /** Take it together with a snapshot of the chain, and put both back together. */
  async snapshot(): Promise<Restore> {
    const waiting = this.#waiting;
    const owesRoot = this.#owesRoot;
    const lastRound = this.#lastRound;
    const { lastBlock } = this.#log;
    const restoreStore = await this.store.snapshot();
    return async () => {
      this.#waiting = waiting;
      this.#owesRoot = owesRoot;
      this.#lastRound = lastRound;
      this.#log.putBack(lastBlock);
      this.#options.relayer.forgetNonce();
      await restoreStore();
    };
  }

  async #finalize(round: number, atS: number): Promise<void> {
    this.#waiting = [...this.#waiting, ...(await this.#log.next())];
    const requests = this.#requestsOf((requestRound) => requestRound === round);
    const distinct = [...new Set(requests.map(({ requestHex }) => requestHex))];
    if (distinct.length > 0 || this.#owesRoot) await this.#attest(round, distinct, atS);
    this.#waiting = this.#requestsOf((requestRound) => requestRound > round);
    this.#lastRound = round;
  }

  #requestsOf(belongs: (round: number) => boolean): LoggedRequest[] {
    return this.#waiting.filter(({ blockTimestampS }) => belongs(this.votingRounds.roundAt(blockTimestampS)));
  }

  async #attest(round: number, requests: readonly Hex[], atS: number): Promise<void> {
    const { faults } = this.#options;
    const confirmed = faults?.skipRound?.(round) === true ? [] : this.#attestationsOf(round, requests);
    this.#owesRoot = confirmed.length === 0;
    if (confirmed.length === 0) return;
    const { root, stored } = prove(round, confirmed);
    await this.#relayRoot(round, root);
    this.store.add(round, atS + (faults?.dataAvailabilityLagS ?? 0), stored);
  }

  #attestationsOf(round: number, requests: readonly Hex[]): ConfirmedRequest[] {
    const confirmed = requests.flatMap((requestHex) => this.#confirm(round, requestHex) ?? []);
    const needsFiller = this.#options.singleLeaf !== true || (requests.length === 0 && this.#owesRoot);
    const filler = needsFiller ? this.#filler() : undefined;
    const isNew = filler && !confirmed.some(({ requestHex }) => requestHex === filler.requestHex);
    return filler && isNew ? [...confirmed, filler] : confirmed;
  }

  /** The attestation of a request that providers would agree on, else undefined. */
  #confirm(votingRoundId: number, requestHex: Hex): ConfirmedRequest | undefined {
    const { verifier, faults } = this.#options;
    const request = tryDecode(requestHex);
    if (request === undefined || request.sourceId !== verifier.sourceId) return undefined;
    const { type } = request;
    const verdict = verifier.attest(type, request.requestBody);
    if (!('attestation' in verdict)) return undefined;
    const { attestation } = verdict;
    if (messageIntegrityCode(type, attestation) !== request.messageIntegrityCode) return undefined;
    const ageS = BigInt(this.votingRounds.endS(votingRoundId)) - attestation.lowestUsedTimestamp;
    if (ageS >= DATA_AGE_LIMIT_S) return undefined;
    if (faults?.leaveOut?.({ votingRoundId, type, requestHex }) === true) return undefined;
    return { type, requestHex, attestation };
  }

  /** An attestation of nobody's, so that a lone request still has a proof of one step, as with traffic around it. */
  #filler(): ConfirmedRequest | undefined {
    const type = 'AddressValidity';
    const verdict = this.#options.verifier.attest(type, { addressStr: FILLER_ADDRESS });
    if (!('attestation' in verdict)) return undefined;
    const { attestation } = verdict;
    return { type, requestHex: encodeRequest(type, attestation), attestation };
  }

  async #relayRoot(round: number, root: Hex): Promise<void> {
    const data = relay.encodeFunctionData('setMerkleRoot', [FDC_PROTOCOL_ID, round, root]);
    await this.#options.relayer.send({ to: this.#options.deployment.relay, data });
  }
}

function prove(votingRoundId: number, confirmed: readonly ConfirmedRequest[]): { root: Hex; stored: StoredProof[] } {
  const entries = confirmed.map(({ type, requestHex, attestation }) => {
    const responseHex = encodeResponse(type, attestation, BigInt(votingRoundId));
    return { requestHex, attestation, responseHex, leaf: leafOf(responseHex) };
  });
  const tree = buildMerkleTree(entries.map(({ leaf }) => leaf));
  const stored = entries.map(({ leaf, ...entry }) => ({ votingRoundId, ...entry, proof: tree.proof(leaf) }));
  return { root: tree.root, stored };
}

function tryDecode(requestHex: Hex): DecodedRequest | undefined {
  try {
    return decodeRequest(requestHex);
  } catch (error) {
    if (error instanceof MalformedRequest) return undefined; // anyone may pay for nonsense
    throw error;
  }
}
