/**
 * What a redemption burns and pays: the walk over the ticket queue and the fee of each request.
 */
import { type Uba, minimum, mulBips, uba } from '../units/amounts.ts';

export interface Ticket {
  readonly id: bigint;
  readonly agentVault: string;
  readonly valueUba: bigint;
}

export interface QueueTerms {
  readonly lotSizeUba: bigint;
  readonly maxRedeemedTickets: bigint;
  readonly redemptionFeeBips: bigint;
}

export interface ExpectedRequest {
  readonly agentVault: string;
  /** Burned, gross. */
  readonly valueUba: Uba;
  readonly feeUba: Uba;
  /** Due on the underlying ledger: value − fee. */
  readonly paymentUba: Uba;
}

export interface ExpectedRedemption {
  /** In the order of each agent's first ticket. */
  readonly requests: readonly ExpectedRequest[];
  readonly burnedUba: Uba;
  readonly remainingUba: Uba;
  /** What it was asked in multiples of. */
  readonly stepUba: bigint;
  /** Tickets looked at. */
  readonly tickets: number;
  /** Dust that was there with these tickets, and what is left of it. */
  readonly dustUba: bigint;
  readonly dustLeftUba: bigint;
}

/**
 * RedemptionRequestsFacet over the queue as it stood before the transaction: at most maxRedeemedTickets tickets, first
 * in first out; a ticket gives its value plus its agent's dust, in multiples of `stepUba` (the lot size for redeem, one
 * AMG for redeemAmount). Pieces of one agent are one request, whose fee is ⌊value·fee/10^4⌋.
 */
export function walkQueue(
  requestedUba: bigint,
  queue: readonly Ticket[],
  dustOfAgent: ReadonlyMap<string, bigint>,
  stepUba: bigint,
  terms: QueueTerms,
): ExpectedRedemption {
  const dust = new Map(dustOfAgent);
  const taken = new Map<string, bigint>();
  let leftUba = requestedUba - (requestedUba % stepUba);
  let tickets = 0;
  for (const ticket of queue.slice(0, Number(terms.maxRedeemedTickets))) {
    if (leftUba === 0n) break;
    tickets += 1;
    const availableUba = ticket.valueUba + (dust.get(ticket.agentVault) ?? 0n);
    const takeUba = minimum(leftUba, availableUba - (availableUba % stepUba));
    dust.set(ticket.agentVault, (availableUba - takeUba) % terms.lotSizeUba);
    if (takeUba === 0n) continue;
    taken.set(ticket.agentVault, (taken.get(ticket.agentVault) ?? 0n) + takeUba);
    leftUba -= takeUba;
  }
  const requests = [...taken].map(([agentVault, valueUba]) => expectedRequest(agentVault, valueUba, terms));
  const burnedUba = requests.reduce((sum, request) => sum + request.valueUba, 0n);
  const dustOf = (of: ReadonlyMap<string, bigint>): bigint =>
    [...taken.keys()].reduce((sum, agentVault) => sum + (of.get(agentVault) ?? 0n), 0n);
  return {
    requests,
    burnedUba: uba(burnedUba),
    remainingUba: uba(requestedUba - burnedUba),
    stepUba,
    tickets,
    dustUba: dustOf(dustOfAgent),
    dustLeftUba: dustOf(dust),
  };
}

function expectedRequest(agentVault: string, valueUba: bigint, terms: QueueTerms): ExpectedRequest {
  const feeUba = mulBips(valueUba, terms.redemptionFeeBips);
  return { agentVault, valueUba: uba(valueUba), feeUba: uba(feeUba), paymentUba: uba(valueUba - feeUba) };
}
