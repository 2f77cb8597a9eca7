/**
 * What the protocol's events since the start of a play add up to: which reservations and requests are open, what each agent's
 * vault has paid out. A running sum over events in log order; the invariants hold the protocol's own figures against it.
 */
import { maximum, mulBips } from '../units/amounts.ts';
import { type PaymentWindow, type UnderlyingClock, type WindowTerms, paymentWindow, wholeAmg } from './minting.ts';

/** Addresses are lower-case. */
export type ProtocolEvent =
  | {
      readonly kind: 'reserved';
      readonly id: bigint;
      readonly vault: string;
      readonly valueUba: bigint;
      readonly feeUba: bigint;
      readonly reservationFeeWei: bigint;
      readonly poolFeeShareBips: bigint;
      readonly opened: Opening;
    }
  | { readonly kind: 'minting ended'; readonly id: bigint; readonly how: string }
  | {
      readonly kind: 'requested';
      readonly id: bigint;
      readonly vault: string;
      readonly valueUba: bigint;
      readonly opened: Opening;
    }
  | { readonly kind: 'underlying block'; readonly clock: UnderlyingClock }
  | { readonly kind: 'redemption ended'; readonly id: bigint; readonly how: string; readonly paidVaultUnits: bigint };

/** When something was opened, Unix seconds, and until when it can be paid according to its event. */
export interface Opening {
  readonly atS: bigint;
  readonly window: PaymentWindow;
}

/** Settings that the sums hang on. */
export interface HistoryTerms {
  readonly granularityUba: bigint;
  readonly window: WindowTerms;
  /** By this much each request to an agent lengthens the window of the next, while they come fast. */
  readonly extensionS: bigint;
}

export interface OpenReservation {
  readonly vault: string;
  /** Value and the pool's part of the fee. */
  readonly reservedUba: bigint;
  readonly reservationFeeWei: bigint;
}

export interface OpenRequest {
  readonly vault: string;
  readonly valueUba: bigint;
}

export interface ProtocolHistory {
  readonly reservations: ReadonlyMap<bigint, OpenReservation>;
  readonly requests: ReadonlyMap<bigint, OpenRequest>;
  readonly paidByVaultUnits: ReadonlyMap<string, bigint>;
  readonly lastReservationId: bigint;
  readonly lastRequestId: bigint;
  /** What the protocol takes as the ledger's block and time. */
  readonly underlying: UnderlyingClock;
  /** Until when each agent's windows are lengthened (RedemptionTimeExtension, a leaky bucket). */
  readonly extendedUntilS: ReadonlyMap<string, bigint>;
  /** What no history may contain: ids that do not rise, ends of what is not open, wrong payment windows. */
  readonly irregular: readonly string[];
}

/** Nothing open, nothing requested for a while. */
export const emptyHistory = (underlying: UnderlyingClock): ProtocolHistory => ({
  underlying,
  extendedUntilS: new Map(),
  reservations: new Map(),
  requests: new Map(),
  paidByVaultUnits: new Map(),
  lastReservationId: 0n,
  lastRequestId: 0n,
  irregular: [],
});

/** The history after further events. */
export function continueHistory(
  history: ProtocolHistory,
  events: readonly ProtocolEvent[],
  terms: HistoryTerms,
): ProtocolHistory {
  return events.reduce((sofar, event) => afterEvent(sofar, event, terms), history);
}

function afterEvent(history: ProtocolHistory, event: ProtocolEvent, terms: HistoryTerms): ProtocolHistory {
  switch (event.kind) {
    case 'reserved': {
      const poolFeeUba = wholeAmg(mulBips(event.feeUba, event.poolFeeShareBips), terms.granularityUba);
      const open: OpenReservation = {
        vault: event.vault,
        reservedUba: event.valueUba + poolFeeUba,
        reservationFeeWei: event.reservationFeeWei,
      };
      return {
        ...history,
        reservations: new Map([...history.reservations, [event.id, open]]),
        lastReservationId: event.id,
        irregular: [
          ...risingId(history, 'reservation', history.lastReservationId, event.id),
          ...windowProblem(`reservation ${event.id}`, history, event.opened, terms, 0n),
        ],
      };
    }
    case 'minting ended':
      return {
        ...history,
        reservations: without(history.reservations, event.id),
        irregular: endOfOpen(history, history.reservations.has(event.id), `reservation ${event.id}`, event.how),
      };
    case 'underlying block':
      return { ...history, underlying: event.clock };
    case 'requested': {
      const { atS } = event.opened;
      const before = history.extendedUntilS.get(event.vault) ?? 0n;
      const until = maximum(before + terms.extensionS, atS);
      return {
        ...history,
        extendedUntilS: new Map([...history.extendedUntilS, [event.vault, until]]),
        requests: new Map([...history.requests, [event.id, { vault: event.vault, valueUba: event.valueUba }]]),
        lastRequestId: event.id,
        irregular: [
          ...risingId(history, 'redemption request', history.lastRequestId, event.id),
          ...windowProblem(`redemption request ${event.id}`, history, event.opened, terms, until - atS),
        ],
      };
    }
    case 'redemption ended': {
      const open = history.requests.get(event.id);
      const vault = open?.vault ?? '';
      const paidUnits = (history.paidByVaultUnits.get(vault) ?? 0n) + event.paidVaultUnits;
      return {
        ...history,
        requests: without(history.requests, event.id),
        paidByVaultUnits: new Map([...history.paidByVaultUnits, [vault, paidUnits]]),
        irregular: endOfOpen(history, open !== undefined, `redemption request ${event.id}`, event.how),
      };
    }
  }
}

function without<T>(open: ReadonlyMap<bigint, T>, id: bigint): ReadonlyMap<bigint, T> {
  return new Map([...open].filter(([other]) => other !== id));
}

function risingId({ irregular }: ProtocolHistory, what: string, last: bigint, id: bigint): readonly string[] {
  return id > last ? irregular : [...irregular, `${what} ${id} comes after ${last}`];
}

function windowProblem(
  what: string,
  { underlying }: ProtocolHistory,
  { atS, window }: Opening,
  terms: HistoryTerms,
  extensionS: bigint,
): string[] {
  const words = ({ firstBlock, lastBlock, lastTimestampS }: PaymentWindow): string =>
    `ledgers ${firstBlock} to ${lastBlock} until ${lastTimestampS}`;
  const expected = words(paymentWindow(underlying, atS, terms.window, extensionS));
  return expected === words(window) ? [] : [`${what} can be paid in ${words(window)}, must be ${expected}`];
}

function endOfOpen({ irregular }: ProtocolHistory, isOpen: boolean, what: string, how: string): readonly string[] {
  return isOpen ? irregular : [...irregular, `${what} ends by ${how} but is not open`];
}
