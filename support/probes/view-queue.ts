/** The redemption queue, whole and by agent, page by page, and what one redemption can take from it. */
import { queueMinted } from '../model/ticket-queue.ts';
import { mintingAmounts } from '../model/minting.ts';
import type { Ticket } from '../model/redemption.ts';
import { act, at, reserve } from './acts.ts';
import { call } from './calls.ts';
import type { Facts } from './facts.ts';
import { USER } from './people.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import { paymentProof, transactionOf } from './proofs.ts';
import type { Call } from './simulation.ts';
import { type AgentTruth, type ViewFacts, termsOf } from './view-facts.ts';
import { managerViews } from './view-interfaces.ts';
import { type When, answers, refuses } from './view-probes.ts';

/** Tickets as the views tell them. */
export const ticketsShown = (tickets: readonly Ticket[]): unknown[] =>
  tickets.map(({ id, agentVault, valueUba }) => ({ redemptionTicketId: id, agentVault, ticketValueUBA: valueUba }));

const DAY_S = 86_400n;
const NO_TICKET = 2n ** 62n;

interface Minted {
  readonly before: readonly Call[];
  readonly tickets: readonly Ticket[];
  readonly dustUba: ReadonlyMap<string, bigint>;
}

/** Three mintings with two agents in turns, each of which makes a ticket of its own, behind what is there already. */
export async function queueViews(prober: Prober, truth: ViewFacts): Promise<Probe[]> {
  const { facts, queue } = truth;
  const last = queue.at(-1)?.agentVault;
  const able = truth.agents.filter(({ isOpen, computed }) => isOpen && computed.freeLots > 2n);
  const [other, first] = [
    able.find(({ vault }) => vault === last) ?? able[0],
    able.find(({ vault }) => vault !== last),
  ];
  const second = other?.vault === first?.vault ? able.find(({ vault }) => vault !== first?.vault) : other;
  if (first === undefined || second === undefined) return [];
  let minted: Minted = {
    before: [],
    tickets: queue,
    dustUba: new Map(truth.agents.map((agent) => [agent.vault, agent.reading.dustUba])),
  };
  for (const [turn, agent] of [first, second, first].entries())
    minted = await mintedMore(prober, truth, minted, agent, BigInt(turn + 1));
  const { tickets, before } = minted;
  const own = tickets.filter(({ agentVault }) => agentVault === first.vault);
  return [
    ...pages(facts, 'redemptionQueue', [], tickets, 'of all', { before }),
    ...pages(facts, 'agentRedemptionQueue', [first.vault], own, 'of an agent', { before }),
    ...redeemable(truth, first, own, minted),
  ];
}

async function mintedMore(
  prober: Prober,
  { facts, settings, prices }: ViewFacts,
  { before, tickets, dustUba }: Minted,
  agent: AgentTruth,
  lots: bigint,
): Promise<Minted> {
  const reserving = [...before, reserve(facts, agent, lots)];
  const event = await prober.event(facts, 'a reservation', reserving, 'CollateralReserved');
  const id: bigint = event['collateralReservationId'];
  const amounts = mintingAmounts(lots, termsOf({ settings, prices }, agent));
  const paid = {
    from: 'rProbeMinter',
    to: agent.underlyingAddress,
    amountUba: amounts.paymentUba,
    reference: String(event['paymentReference']),
    block: BigInt(event['firstUnderlyingBlock']),
    timeS: facts.clock.timestampS,
  };
  const fields = { request: { transactionId: transactionOf(`payment ${before.length}`) } };
  const executing = [...reserving, act(facts, USER, 'executeMinting', [paymentProof(facts, paid, fields), id])];
  const ticket = await prober.event(facts, 'a minting', executing, 'RedemptionTicketCreated');
  const added = queueMinted(
    { tickets, dustUba },
    agent.vault,
    amounts.valueUba + amounts.poolFeeUba,
    settings.lotSizeUba,
  );
  const ids = [...tickets.map((one) => one.id), BigInt(ticket['redemptionTicketId'])];
  return {
    before: executing,
    tickets: added.tickets.map((one, index) => ({ ...one, id: ids[index] ?? 0n })),
    dustUba: added.dustUba,
  };
}

/** A page of so many tickets from one on, and where the next page begins: nowhere (0) behind the last. */
function pages(
  facts: Facts,
  view: string,
  args: readonly unknown[],
  tickets: readonly Ticket[],
  whose: string,
  when: When,
): Probe[] {
  const idAt = (index: number): bigint => tickets[index]?.id ?? 0n;
  const question = (from: bigint, size: number, about: string) => ({
    to: facts.contracts.assetManager,
    contract: managerViews,
    view,
    args: [...args, from, size],
    about: `${whose}, ${about}`,
  });
  const page = (about: string, start: number, size: number, from = idAt(start)): Probe =>
    answers(question(from, size, about), [ticketsShown(tickets.slice(start, start + size)), idAt(start + size)], when);
  const { length } = tickets;
  return [
    page('all', 0, length, 0n),
    page('all and more', 0, length + 5, 0n),
    page('all but the last', 0, length - 1, 0n),
    page('the first', 0, 1, 0n),
    page('the first by its id', 0, 1),
    page('the second', 1, 1),
    page('from the second on', 1, length),
    page('the last', length - 1, 1),
    page('the last and more', length - 1, 5),
    page('a page of none', 0, 0, 0n),
    refuses(question(NO_TICKET, 1, 'from no ticket on'), 'InvalidTicketId', when),
  ];
}

/** The agent's dust and its first tickets, no more than one redemption may close. */
function redeemable(truth: ViewFacts, agent: AgentTruth, own: readonly Ticket[], { before, dustUba }: Minted): Probe[] {
  const { facts, settings } = truth;
  const { assetManager } = facts.contracts;
  const controller = String(facts.settings['assetManagerController']);
  const lowered = (atS: bigint, most: bigint): Call =>
    at(atS, call(controller, assetManager, 'setMaxRedeemedTickets', [most]));
  // A setting falls to no less than a quarter at once, and once a day.
  const steps = [
    lowered(facts.timeS + DAY_S, 5n),
    lowered(facts.timeS + 3n * DAY_S, 2n),
    lowered(facts.timeS + 5n * DAY_S, 1n),
  ];
  const most = (about: string, tickets: readonly Ticket[], then: readonly Call[] = []): Probe =>
    answers(
      { to: assetManager, contract: managerViews, view: 'maxRedemptionFromAgent', args: [agent.vault], about },
      [tickets.reduce((sum, { valueUba }) => sum + valueUba, dustUba.get(agent.vault) ?? 0n)],
      { before: [...before, ...then] },
    );
  return [
    most('of an agent with dust', own.slice(0, Number(settings.maxRedeemedTickets))),
    most('of an agent with more tickets than one redemption takes', own.slice(0, 1), steps),
  ];
}
