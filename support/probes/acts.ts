/** Acts on the asset manager as simulated calls. */
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { EXECUTOR, USER } from './people.ts';
import type { Prober } from './prober.ts';
import { type HonestPayment, type MissingPayment, paymentProof } from './proofs.ts';
import type { Call } from './simulation.ts';

/** Enough for any fee; what is too much comes back. */
export const MUCH_WEI = 10n ** 20n;
/** Executors' fees are whole gwei. */
export const GWEI = 10n ** 9n;

export function act(facts: Facts, from: string, name: string, args: readonly unknown[], valueWei = 0n): Call {
  const data = assetManagerInterface.encodeFunctionData(name, args);
  return { from, to: facts.contracts.assetManager, data, valueWei };
}

/** The same call at that time. */
export const at = (atS: bigint, call: Call): Call => ({ ...call, atS });

/** Reserves lots for the user, with an executor, whose fee is what the agent's fee leaves. */
export const reserve = (facts: Facts, agent: AgentFacts, lots = 1n): Call =>
  act(facts, USER, 'reserveCollateral', [agent.vault, lots, 10_000n, EXECUTOR], MUCH_WEI);

/** A reservation that only exists in simulations. */
export interface Reserved {
  readonly agent: AgentFacts;
  readonly id: bigint;
  readonly before: readonly Call[];
  /** As the minter should pay, in the first ledger that counts. */
  readonly payment: HonestPayment;
  /** As nobody paid until the window was over. */
  readonly missing: MissingPayment;
  readonly valueUba: bigint;
}

export async function reserved(prober: Prober, facts: Facts, agent: AgentFacts, lots = 1n): Promise<Reserved> {
  const before = [reserve(facts, agent, lots)];
  const event = await prober.event(facts, 'a reservation', before, 'CollateralReserved');
  const amountUba: bigint = event['valueUBA'] + event['feeUBA'];
  const [firstBlock, lastBlock]: bigint[] = [event['firstUnderlyingBlock'], event['lastUnderlyingBlock']];
  const lastTimestampS: bigint = event['lastUnderlyingTimestamp'];
  const reference: string = event['paymentReference'];
  const to: string = event['paymentAddress'];
  return {
    agent,
    id: event['collateralReservationId'],
    before,
    valueUba: event['valueUBA'],
    payment: { from: 'rProbeMinter', to, amountUba, reference, block: firstBlock ?? 0n, timeS: facts.clock.timestampS },
    missing: { to, amountUba, reference, firstBlock: firstBlock ?? 0n, lastBlock: lastBlock ?? 0n, lastTimestampS },
  };
}

/** Everything that makes the user hold FAssets for these lots. */
export async function minted(prober: Prober, facts: Facts, agent: AgentFacts, lots = 1n): Promise<readonly Call[]> {
  const { before, payment, id } = await reserved(prober, facts, agent, lots);
  return [...before, act(facts, USER, 'executeMinting', [paymentProof(facts, payment), id])];
}
