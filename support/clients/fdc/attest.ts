/**
 * Gets a fact proven: prepares the request, pays for it, waits for its round, fetches the proof and checks it.
 *
 * A round that was skipped, or that left the request out, costs a new request and a new fee. All waiting goes through the
 * waiter, so that virtual time needs few wake-ups.
 */
import { Interface } from 'ethers';
import { type EvmAccount, type Receipt, TransactionReverted } from '../flare/account.ts';
import type { JsonRpc, RpcCall } from '../flare/json-rpc.ts';
import { type Wei, wei } from '../../units/amounts.ts';
import type { DataAvailabilityClient } from './data-availability-client.ts';
import { AttestationFailed, NotYetProvable, ProofDoesNotVerify } from './errors.ts';
import { decodeResponse, encodeVerifyCall } from './response-codec.ts';
import type { AttestationProof, AttestationTypeName, Hex, RequestBodies } from './types.ts';
import type { VerifierClient } from './verifier-client.ts';
import type { Waiter } from '../../units/waiter.ts';

const FDC_PROTOCOL_ID = 200;

export interface FdcAddresses {
  readonly relay: string;
  readonly fdcHub: string;
  readonly fdcRequestFeeConfigurations: string;
  readonly fdcVerification: string;
}

export interface AttestationTimings {
  /** Seconds from the end of a round's collect phase to its usual finalisation. */
  readonly finalizationDelayS: number;
  /** Seconds between two polls. */
  readonly pollS: number;
  /** Seconds to wait until the verifier can prepare the request. */
  readonly provableTimeoutS: number;
  /** Seconds after its end after which a round counts as skipped. */
  readonly rootTimeoutS: number;
  /** Seconds that proofs may lag behind the root. */
  readonly dataAvailabilityTimeoutS: number;
  /** Most requests paid for one fact. */
  readonly maxAttempts: number;
}

export const DEFAULT_TIMINGS: AttestationTimings = {
  finalizationDelayS: 45,
  pollS: 5,
  provableTimeoutS: 120,
  rootTimeoutS: 270,
  dataAvailabilityTimeoutS: 120,
  maxAttempts: 3,
};

export interface AttestorOptions {
  readonly verifier: VerifierClient;
  readonly dataAvailability: DataAvailabilityClient;
  readonly rpc: JsonRpc;
  readonly addresses: FdcAddresses;
  /** Pays the fees. */
  readonly account: EvmAccount;
  readonly waiter: Waiter;
  readonly timings?: Partial<AttestationTimings>;
  /** Called with every transaction sent and its fee; for a reverted one the fee is zero. */
  readonly onTransaction?: (receipt: Receipt, valueWei: Wei) => void;
}

/** A request that is on the chain and paid. */
export interface SubmittedRequest {
  readonly requestHex: Hex;
  readonly receipt: Receipt;
  readonly feeWei: Wei;
  readonly votingRoundId: number;
}

/** The proven fact and the request that led to it; `attempts` has every request paid, the last one included. */
export interface ProvenAttestation<T extends AttestationTypeName> extends SubmittedRequest {
  readonly proof: AttestationProof<T>;
  readonly attempts: readonly SubmittedRequest[];
}

/** How a round ended for a request. */
export type RoundOutcome<T extends AttestationTypeName> =
  | { readonly kind: 'proven'; readonly proof: AttestationProof<T> }
  | { readonly kind: 'skipped' | 'left out' };

const contracts = new Interface([
  'function requestAttestation(bytes data) payable',
  'function getRequestFee(bytes data) view returns (uint256)',
  'function getVotingRoundId(uint256 timestamp) view returns (uint256)',
  'function merkleRoots(uint256 protocolId, uint256 votingRoundId) view returns (bytes32)',
  `function stateData() view returns (uint8, uint32 firstVotingRoundStartTs, uint8 votingEpochDurationSeconds, uint32,
     uint16, uint16, uint32, bool, uint32, bool, uint32)`,
]);

/** Start of round 0 and length of a round; constants of a network. */
interface RoundTimes {
  readonly firstStartS: number;
  readonly epochS: number;
}

export class Attestor {
  readonly #options: AttestorOptions;
  readonly #timings: AttestationTimings;
  #roundTimes: RoundTimes | undefined;

  constructor(options: AttestorOptions) {
    this.#options = options;
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
  }

  /**
   * Proves a fact, in as many rounds as it takes up to the limit. Throws NotYetProvable when it did not become provable in
   * time, RequestRejected when it is false, AttestationFailed when no paid request led to a proof.
   */
  async prove<T extends AttestationTypeName>(type: T, body: RequestBodies[T]): Promise<ProvenAttestation<T>> {
    const requestHex = await this.prepare(type, body);
    const attempts: SubmittedRequest[] = [];
    const endings: string[] = [];
    while (attempts.length < this.#timings.maxAttempts) {
      const submitted = await this.submit(requestHex);
      attempts.push(submitted);
      const outcome = await this.collect(type, submitted);
      if (outcome.kind === 'proven') return { ...submitted, proof: outcome.proof, attempts };
      endings.push(`round ${submitted.votingRoundId} ${outcome.kind}`);
    }
    throw new AttestationFailed(`no proof of ${type} after ${attempts.length} requests: ${endings.join(', ')}`);
  }

  /** The encoded request, as soon as the verifier can prepare it. */
  async prepare<T extends AttestationTypeName>(type: T, body: RequestBodies[T]): Promise<Hex> {
    const { verifier, waiter } = this.#options;
    const deadlineS = (await waiter.nowS()) + this.#timings.provableTimeoutS;
    for (;;) {
      try {
        return await verifier.prepareRequest(type, body);
      } catch (error) {
        if (!(error instanceof NotYetProvable) || (await waiter.nowS()) >= deadlineS) throw error;
      }
      await waiter.sleepS(this.#timings.pollS);
    }
  }

  /** Pays for a request and returns its round. Throws TransactionReverted. */
  async submit(requestHex: Hex): Promise<SubmittedRequest> {
    const { account, addresses } = this.#options;
    const [fee] = await this.#read(addresses.fdcRequestFeeConfigurations, 'getRequestFee', [requestHex]);
    const feeWei = wei(BigInt(fee));
    const data = contracts.encodeFunctionData('requestAttestation', [requestHex]);
    const receipt = await this.#reported(feeWei, account.send({ to: addresses.fdcHub, data, valueWei: feeWei }));
    const timestampS = await this.#timestampOf(receipt.blockNumber);
    const [round] = await this.#read(addresses.relay, 'getVotingRoundId', [timestampS]);
    return { requestHex, receipt, feeWei, votingRoundId: Number(round) };
  }

  /** Waits until the request's round has ended one way or the other. Throws ProofDoesNotVerify. */
  async collect<T extends AttestationTypeName>(type: T, submitted: SubmittedRequest): Promise<RoundOutcome<T>> {
    const { votingRoundId } = submitted;
    const finalised = await this.#awaitRoot(votingRoundId);
    if (!finalised) return { kind: 'skipped' };
    const proof = await this.#awaitProof(type, submitted);
    if (proof === undefined) return { kind: 'left out' };
    const [proven] = await this.#call(this.#options.addresses.fdcVerification, [encodeVerifyCall(type, proof)]);
    if (proven === undefined || BigInt(proven) !== 1n) {
      throw new ProofDoesNotVerify(`FdcVerification refuses the proof of ${type} from round ${votingRoundId}`);
    }
    return { kind: 'proven', proof };
  }

  /** True once the round has a root, false when a later round has one and it has none, or at the time limit. */
  async #awaitRoot(votingRoundId: number): Promise<boolean> {
    const { waiter } = this.#options;
    const { firstStartS, epochS } = await this.#times();
    const roundEndS = firstStartS + (votingRoundId + 1) * epochS;
    const deadlineS = roundEndS + this.#timings.rootTimeoutS;
    let pauseS = roundEndS + this.#timings.finalizationDelayS - (await waiter.nowS());
    for (;;) {
      if (pauseS > 0) await waiter.sleepS(pauseS);
      const [own = false, next = false, overnext = false] = await this.#areFinalised(votingRoundId, 3);
      if (own) return true;
      if (next || overnext || (await waiter.nowS()) >= deadlineS) return false;
      pauseS = this.#timings.pollS;
    }
  }

  /** The proof, or undefined when the data-availability layer has the round without this request. */
  async #awaitProof<T extends AttestationTypeName>(
    type: T,
    { requestHex, votingRoundId }: SubmittedRequest,
  ): Promise<AttestationProof<T> | undefined> {
    const { dataAvailability, waiter } = this.#options;
    const deadlineS = (await waiter.nowS()) + this.#timings.dataAvailabilityTimeoutS;
    for (let missed = 0; missed < 2;) {
      const found = await dataAvailability.proof(type, votingRoundId, requestHex);
      if (found) return { merkleProof: found.merkleProof, data: decodeResponse(type, found.responseHex) };
      // The layer's status may be ten seconds old, so one miss with the round present proves nothing.
      if ((await dataAvailability.latestRound()) >= votingRoundId) missed += 1;
      else if ((await waiter.nowS()) >= deadlineS) {
        throw new AttestationFailed(
          `round ${votingRoundId} is final, but its proofs have not come: is the layer down?`,
        );
      }
      if (missed < 2) await waiter.sleepS(this.#timings.pollS);
    }
    return undefined;
  }

  async #areFinalised(firstRound: number, count: number): Promise<boolean[]> {
    const rounds = Array.from({ length: count }, (_, index) => firstRound + index);
    const calls = rounds.map((round) => contracts.encodeFunctionData('merkleRoots', [FDC_PROTOCOL_ID, round]));
    const roots = await this.#call(this.#options.addresses.relay, calls);
    return roots.map((root) => BigInt(root) !== 0n);
  }

  async #times(): Promise<RoundTimes> {
    if (this.#roundTimes !== undefined) return this.#roundTimes;
    const state = await this.#read(this.#options.addresses.relay, 'stateData', []);
    this.#roundTimes = {
      firstStartS: Number(state['firstVotingRoundStartTs']),
      epochS: Number(state['votingEpochDurationSeconds']),
    };
    return this.#roundTimes;
  }

  /** A node behind a load balancer may not have the block yet that another one has reported. */
  async #timestampOf(blockNumber: number): Promise<number> {
    const { rpc, waiter } = this.#options;
    const deadlineS = (await waiter.nowS()) + this.#timings.rootTimeoutS;
    for (;;) {
      const block = await rpc.call<{ timestamp: string } | null>('eth_getBlockByNumber', [
        `0x${blockNumber.toString(16)}`,
        false,
      ]);
      if (block) return Number(block.timestamp);
      if ((await waiter.nowS()) >= deadlineS) throw new Error(`the node does not have block ${blockNumber}`);
      await waiter.sleepS(this.#timings.pollS);
    }
  }

  async #reported(feeWei: Wei, sending: Promise<Receipt>): Promise<Receipt> {
    const { onTransaction } = this.#options;
    try {
      const receipt = await sending;
      onTransaction?.(receipt, feeWei);
      return receipt;
    } catch (error) {
      if (error instanceof TransactionReverted) onTransaction?.(error.receipt, wei(0n));
      throw error;
    }
  }

  async #read(to: string, name: string, parameters: readonly unknown[]) {
    const [answer = '0x'] = await this.#call(to, [contracts.encodeFunctionData(name, parameters)]);
    return contracts.decodeFunctionResult(name, answer);
  }

  async #call(to: string, datas: readonly Hex[]): Promise<Hex[]> {
    const calls: RpcCall[] = datas.map((data) => ({ method: 'eth_call', params: [{ to, data }, 'latest'] }));
    return await this.#options.rpc.batch<Hex[]>(calls);
  }
}
