/**
 * What happens around users without any of them: the price jumps, an agent changes its terms. A devnet lets it happen when asked.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { AgentView } from '../support/model/market.ts';
import { readAgentInfo } from '../support/readers/market-reads.ts';

/** Terms that an agent may change, as the protocol names them, with how the market tells them. */
const TERMS = {
  feeBIPS: 'feeBips',
  poolFeeShareBIPS: 'poolFeeShareBips',
  redemptionPoolFeeShareBIPS: 'redemptionPoolFeeShareBips',
} as const;

export type TermName = keyof typeof TERMS;
export const TERM_NAMES: readonly TermName[] = ['feeBIPS', 'poolFeeShareBIPS', 'redemptionPoolFeeShareBIPS'];

export const termOf = (agent: Pick<AgentView, (typeof TERMS)[TermName]>, name: TermName): bigint => agent[TERMS[name]];

/** The announced change must have been made by then: the time it must be announced before, and some ticks of the agents. */
const PATIENCE_S = 600;

/**
 * Lets the agent announce and waits until the market shows it. Where another user has let it announce something else that is
 * still to come, that is waited for.
 */
export async function changeTerm(
  { faults, hands }: Pick<Actors, 'faults' | 'hands'>,
  vault: string,
  name: TermName,
  value: bigint,
): Promise<void> {
  if (faults === undefined) throw new Error('agents change their terms on demand only on a devnet');
  const coming = BigInt(await faults.announceSetting(vault, name, Number(value)));
  for (let waitedS = 0; waitedS < PATIENCE_S; waitedS += hands.ledgerCloseS) {
    const { agent } = await hands.read({ agent: readAgentInfo(hands.contracts.assetManager, vault) });
    if (termOf(agent, name) === coming) return;
    await hands.waiter.sleepS(hands.ledgerCloseS);
  }
  throw new Error(`agent ${vault} announced ${name} ${coming} and did not change it in ${PATIENCE_S} seconds`);
}

/** The price of XRP becomes so many bips more (or less) than the usual one. */
export async function jumpPrice({ faults }: Pick<Actors, 'faults'>, shiftBips: number): Promise<void> {
  if (faults === undefined) throw new Error('prices jump on demand only on a devnet');
  await faults.publishPrice(shiftBips);
}
