/**
 * Probes of ends for which nothing can be proven any more: of a minting (`unstickMinting`) and of a redemption
 * (`finishRedemptionWithoutPayment`). Both rest on how far back a block-height proof says that one can ask.
 */
import { act } from './acts.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { STRANGER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import { type Fields, type MissingPayment, OTHER_SOURCE, blockHeightProof } from './proofs.ts';
import type { Call } from './simulation.ts';

interface Unpaid {
  readonly agent: AgentFacts;
  readonly id: bigint;
  readonly before: readonly Call[];
  readonly missing: Pick<MissingPayment, 'lastBlock' | 'lastTimestampS'>;
}

/** `early`: the custom error while a payment or its absence can still be proven. */
export function withoutPayment(
  facts: Facts,
  { agent, id, before, missing }: Unpaid,
  method: string,
  early: string,
  valueWei?: bigint,
): Probe[] {
  const windowS: bigint = facts.settings['attestationWindowSeconds'];
  const lowest = (block: bigint, second: bigint, leftS: bigint): Fields => ({
    response: {
      lowestQueryWindowBlockNumber: missing.lastBlock + block,
      lowestQueryWindowBlockTimestamp: missing.lastTimestampS + second,
      blockTimestamp: missing.lastTimestampS + second + windowS - leftS,
    },
  });
  const end = (name: string, must: Must, fields: Fields, from = agent.owner, verified = false): Probe => ({
    name: `${method} ${name}`,
    must,
    play: { before, verified, act: act(facts, from, method, [blockHeightProof(facts, fields), id], valueWei) },
  });
  const over = lowest(1n, 1n, 0n);
  return [
    end('when nothing can be proven any more', THROUGH, over),
    end('by a stranger', refused('OnlyAgentVaultOwner'), over, STRANGER),
    end('with a proof that the FDC does not know', refused('BlockHeightNotProven'), over, agent.owner, true),
    end('with a proof on another chain', refused('InvalidChain'), { ...over, source: OTHER_SOURCE }),
    end('while the last block can be asked about', refused(early), lowest(0n, 1n, 0n)),
    end('while the last second can be asked about', refused(early), lowest(1n, 0n, 0n)),
    end('one second before the attestation window is over', refused(early), lowest(1n, 1n, 1n)),
  ];
}
