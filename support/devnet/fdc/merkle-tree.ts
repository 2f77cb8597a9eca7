/**
 * The Merkle tree of a voting round: leaves sorted and each once, inner nodes keccak256(smaller ‖ larger).
 *
 * A full binary tree in one array, root first; OpenZeppelin's MerkleProof.verify accepts its proofs. Leaves are hashed
 * by the caller, once (not OpenZeppelin's StandardMerkleTree).
 */
import { concat, keccak256 } from 'ethers';
import type { Hex } from './attestation-types.ts';

export interface MerkleTree {
  readonly root: Hex;
  /** Siblings from the leaf up to the root; empty for a single leaf. Throws for a leaf that is not in the tree. */
  proof(leaf: Hex): Hex[];
}

/** Tree over lower-case leaves, at least one: a round without attestations has no root. */
export function buildMerkleTree(leaves: readonly Hex[]): MerkleTree {
  const sorted = [...new Set(leaves)].toSorted();
  if (sorted.length === 0) throw new RangeError('a Merkle tree needs a leaf');
  const nodes: Hex[] = [...Array.from({ length: sorted.length - 1 }, () => ''), ...sorted];
  for (let index = sorted.length - 2; index >= 0; index -= 1) {
    nodes[index] = parentOf(nodeAt(nodes, 2 * index + 1), nodeAt(nodes, 2 * index + 2));
  }
  return {
    root: nodeAt(nodes, 0),
    proof: (leaf) => siblings(nodes, nodes.indexOf(leaf, sorted.length - 1), leaf),
  };
}

function siblings(nodes: readonly Hex[], leafIndex: number, leaf: Hex): Hex[] {
  if (leafIndex < 0) throw new RangeError(`the tree has no leaf ${leaf}`);
  const proof: Hex[] = [];
  for (let index = leafIndex; index > 0; index = Math.floor((index - 1) / 2)) {
    proof.push(nodeAt(nodes, index % 2 === 0 ? index - 1 : index + 1));
  }
  return proof;
}

function parentOf(first: Hex, second: Hex): Hex {
  return keccak256(first < second ? concat([first, second]) : concat([second, first]));
}

function nodeAt(nodes: readonly Hex[], index: number): Hex {
  const node = nodes[index];
  if (node === undefined) throw new RangeError(`the tree has no node ${index}`);
  return node;
}
