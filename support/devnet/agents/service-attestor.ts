/**
 * Attestations for the devnet's own services: the request is a transaction like anyone's, the answers and proofs are
 * taken in process instead of over HTTP.
 *
 * It never waits: a proof is there or it is not, and the caller comes back at its next tick.
 */
import { AbiCoder, Interface } from 'ethers';
import type { EvmAccount } from '../../clients/flare/account.ts';
import type { AbiStruct, AttestationType } from '../fdc/attestation-types.ts';
import type { InProcessFdc, InProcessProof } from '../fdc/in-process.ts';

/** A request under way. Plain data. */
export interface PendingAttestation {
  readonly request: string;
  readonly round: number;
}

const hub = new Interface(['function requestAttestation(bytes data) payable']);
/** What Coston2 charges for any XRP attestation; the devnet's fee contract asks the same. */
export const REQUEST_FEE_WEI = 1000n;

export class ServiceAttestor {
  readonly #fdc: InProcessFdc;
  readonly #fdcHub: string;

  constructor(fdc: InProcessFdc, fdcHub: string) {
    this.#fdc = fdc;
    this.#fdcHub = fdcHub;
  }

  /** Sends the request, or gives the verifier's status when it has no answer. */
  async request(
    account: EvmAccount,
    type: AttestationType,
    body: AbiStruct,
  ): Promise<PendingAttestation | { readonly status: string }> {
    const prepared = this.#fdc.prepare(type, body);
    if ('status' in prepared) return prepared;
    const { request } = prepared;
    const data = hub.encodeFunctionData('requestAttestation', [request]);
    const { blockNumber } = await account.send({ to: this.#fdcHub, data, valueWei: REQUEST_FEE_WEI });
    const block = await account.rpc.call<{ timestamp: string }>('eth_getBlockByNumber', [
      `0x${blockNumber.toString(16)}`,
      false,
    ]);
    return { request, round: this.#fdc.roundOf(Number(block.timestamp)) };
  }

  /** The proof as a struct argument, undefined while its round is open, `missed` if the round left it out. */
  proof(pending: PendingAttestation, call: ProofArgument): ProofStruct | 'missed' | undefined {
    const raw = this.#fdc.proofOf(pending.round, pending.request);
    return raw === undefined || raw === 'missed' ? raw : decodeProof(raw, call);
  }
}

/** The function that takes the proof as its first argument. */
export interface ProofArgument {
  readonly contract: Interface;
  readonly functionName: string;
}

export interface ProofStruct {
  readonly merkleProof: readonly string[];
  /** The response struct, decoded. */
  readonly data: unknown;
}

function decodeProof(raw: InProcessProof, { contract, functionName }: ProofArgument): ProofStruct {
  const data = contract.getFunction(functionName)?.inputs[0]?.components?.find(({ name }) => name === 'data');
  if (data === undefined) throw new Error(`${functionName} takes no attestation proof`);
  const [response] = AbiCoder.defaultAbiCoder().decode([data], raw.response);
  return { merkleProof: raw.merkleProof, data: response };
}
