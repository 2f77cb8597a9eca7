/**
 * The finalised rounds as the data-availability layer holds them: every attestation with its Merkle proof.
 *
 * A round becomes visible at a time of its own, so that proofs can lag behind the root. Serves nothing itself.
 */
import type { Restorable, Restore } from '../clock.ts';
import type { Attestation, Hex } from './attestation-types.ts';

export interface StoredProof {
  readonly votingRoundId: number;
  /** As requested on the chain, lower case with 0x. */
  readonly requestHex: Hex;
  readonly attestation: Attestation;
  /** abi.encode(response) with the real round. */
  readonly responseHex: Hex;
  readonly proof: readonly Hex[];
}

interface StoredRound {
  readonly visibleFromS: number;
  readonly proofs: readonly StoredProof[];
}

export class ProofStore implements Restorable {
  /** Rounds in the order of their numbers. */
  #rounds: ReadonlyMap<number, StoredRound> = new Map();

  add(votingRoundId: number, visibleFromS: number, proofs: readonly StoredProof[]): void {
    this.#rounds = new Map([...this.#rounds, [votingRoundId, { visibleFromS, proofs }]]);
  }

  /** True for a finalised round, visible or not. */
  has(votingRoundId: number): boolean {
    return this.#rounds.has(votingRoundId);
  }

  /** Newest round visible at `nowS`. */
  latestRound(nowS: number): number | undefined {
    return [...this.#rounds].findLast(([, round]) => round.visibleFromS <= nowS)?.[0];
  }

  /** Proofs of a round; none for a round that is unknown or not yet visible. */
  round(votingRoundId: number, nowS: number): readonly StoredProof[] {
    const round = this.#rounds.get(votingRoundId);
    return round !== undefined && round.visibleFromS <= nowS ? round.proofs : [];
  }

  /** The newest visible proof of a request, of one round or of any. Matches the hex text exactly, without 0x. */
  find(requestHex: string, votingRoundId: number | undefined, nowS: number): StoredProof | undefined {
    const wanted = requestHex.replace(/^0x/, '');
    const rounds = votingRoundId === undefined ? [...this.#rounds.keys()].toReversed() : [votingRoundId];
    return rounds.flatMap((id) => this.round(id, nowS)).find((proof) => proof.requestHex.slice(2) === wanted);
  }

  snapshot(): Promise<Restore> {
    const rounds = this.#rounds;
    const restore = async () => {
      this.#rounds = rounds;
    };
    return Promise.resolve(restore);
  }
}
