/** Probes of what users ask for: addresses that no ledger has, tags too big, and an underlying clock that never goes back. */
import { act, at, minted } from './acts.ts';
import { word } from './calls.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { LEDGER_ADDRESS, NOBODY, STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { managerViews } from './view-interfaces.ts';
import { type Fields, blockHeightProof, OTHER_SOURCE } from './proofs.ts';

export async function requests(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const holding = await minted(prober, facts, agent);
  const redeem = (name: string, must: Must, address: string): Probe => ({
    name: `redeem ${name}`,
    must,
    play: { before: holding, act: act(facts, USER, 'redeem', [1n, address, NOBODY]) },
  });
  const lotUba = BigInt(facts.settings['lotSizeAMG']) * BigInt(facts.settings['assetMintingGranularityUBA']);
  const tagged = (name: string, must: Must, tag: bigint): Probe => ({
    name: `redeemWithTag ${name}`,
    must,
    play: { before: holding, act: act(facts, USER, 'redeemWithTag', [lotUba, LEDGER_ADDRESS, NOBODY, tag]) },
  });
  return [
    redeem('to an address', THROUGH, LEDGER_ADDRESS),
    redeem('to an address of 127 characters', THROUGH, 'r'.repeat(127)),
    redeem('to an address of 128 characters', refused('UnderlyingAddressTooLong'), 'r'.repeat(128)),
    ...characters(facts, redeem),
    tagged('of the largest tag', THROUGH, 2n ** 32n - 1n),
    tagged('of a tag too big', refused('DestinationTagTooBig'), 2n ** 32n),
    ...clock(facts),
  ];
}

/** Releases before v1.3 take any character. */
function characters(facts: Facts, redeem: (name: string, must: Must, address: string) => Probe): Probe[] {
  if (!has(facts, 'redeemAmount')) return [];
  const invalid = refused('InvalidUnderlyingAddress');
  return [
    redeem('to an address with a control character', invalid, `${LEDGER_ADDRESS}\u001F`),
    redeem('to an address with a line break', invalid, `r\n${LEDGER_ADDRESS}`),
    redeem('to an address with a deleted character', invalid, `${LEDGER_ADDRESS}\u007F`),
    redeem('to an address with an umlaut', invalid, `${LEDGER_ADDRESS}ü`),
    redeem('to an address with the first and the last printable character', THROUGH, `${LEDGER_ADDRESS} ~`),
  ];
}

/** Anybody may move the underlying clock, with a proof, and only forward. */
function clock(facts: Facts): Probe[] {
  const { block, timestampS, updatedAtS } = facts.clock;
  const laterS = facts.timeS + 60n;
  const proof = (request: bigint, responseS: bigint, fields: Fields = {}) =>
    blockHeightProof(facts, {
      ...fields,
      request: { blockNumber: request },
      response: { blockTimestamp: responseS, numberOfConfirmations: 0n },
    });
  const update = (of: ReturnType<typeof proof>) => act(facts, STRANGER, 'updateCurrentBlock', [of]);
  const shows = (name: string, of: ReturnType<typeof proof>, ...words: readonly bigint[]): Probe => ({
    name: `the underlying clock after ${name}`,
    must: {
      kind: 'gives',
      returned: `0x${words.map((one) => word(one).slice(2)).join('')}`,
      view: { contract: managerViews, name: 'currentUnderlyingBlock' },
    },
    play: { before: [at(laterS, update(of))], act: act(facts, USER, 'currentUnderlyingBlock', []) },
  });
  const moved = proof(block + 1n, timestampS + 1n);
  return [
    { name: 'updateCurrentBlock by anybody', must: THROUGH, play: { before: [], act: update(moved) } },
    {
      name: 'updateCurrentBlock with a proof that the FDC does not know',
      must: refused('BlockHeightNotProven'),
      play: { before: [], act: update(moved), verified: true },
    },
    {
      name: 'updateCurrentBlock with a proof on another chain',
      must: refused('InvalidChain'),
      play: { before: [], act: update(proof(block + 1n, timestampS + 1n, { source: OTHER_SOURCE })) },
    },
    shows('a newer block', moved, block + 1n, timestampS + 1n, laterS),
    shows('an older block', proof(block - 1n, timestampS - 1n), block, timestampS, updatedAtS),
    shows('the same block again', proof(block, timestampS), block, timestampS, updatedAtS),
    shows('a newer block with an older time', proof(block + 1n, timestampS - 1n), block + 1n, timestampS, laterS),
  ];
}
