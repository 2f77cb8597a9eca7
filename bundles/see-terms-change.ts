/** Looks on while an agent announces another fee or share and changes it, to the ends of what it may ask too. */
import type { Actors } from '../support/actors/actors.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { TERM_NAMES, type TermName, changeTerm, termOf } from './happenings.ts';

interface TermsPlan extends Record<string, string> {
  readonly agentVault: string;
  readonly name: TermName;
  readonly value: string;
}

/** Bips. Nobody could pay for a minting whose fee is as high as a share may be. */
const VALUES: Readonly<Record<TermName, readonly bigint[]>> = {
  feeBIPS: [0n, 1n, 26n, 137n, 999n],
  poolFeeShareBIPS: [0n, 1n, 3_333n, 9_999n, 10_000n],
  redemptionPoolFeeShareBIPS: [0n, 1n, 3_333n, 9_999n, 10_000n],
};

export const seeTermsChange = defineBundle<Actors, TermsPlan, null>({
  name: 'see-terms-change',
  story: 'looks on while a random agent announces another fee or share of the fees, and changes it',
  choices: ['agent', 'name', 'value'],
  params: ['agent', 'name'],
  needs: ['canInjectFaults'],
  isHappening: true,
  arrange: [],
  enabled: ({ market }) => market.agents.length > 0 || 'there is no agent',
  resolve({ market }, [agentChoice = 0, nameChoice = 0, valueChoice = 0], params) {
    const agent = market.agents.find(({ vault }) => vault === params['agent']) ?? choose(market.agents, agentChoice);
    const name = TERM_NAMES.find((term) => term === params['name']) ?? choose(TERM_NAMES, nameChoice);
    const values = VALUES[name].filter((value) => value !== termOf(agent, name));
    return { agentVault: agent.vault, name, value: String(choose(values, valueChoice)) };
  },
  async run({ agentVault, name, value }, actors) {
    await changeTerm(actors, agentVault, name, BigInt(value));
    return null;
  },
  expected: () => NOTHING_EXPECTED,
});
