/**
 * What the protocol's events since the start of a play add up to: which reservations and requests are open, what each agent's
 * vault has paid out. A running sum over events in log order; the invariants hold the protocol's own figures against it.
 */
import { mulBips } from '../units/amounts.ts';
import { wholeAmg } from './minting.ts';

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
    }
  | { readonly kind: 'minting ended'; readonly id: bigint; readonly how: string }
  | { readonly kind: 'requested'; readonly id: bigint; readonly vault: string; readonly valueUba: bigint }
  | { readonly kind: 'redemption ended'; readonly id: bigint; readonly how: string; readonly paidVaultUnits: bigint };

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
  /** What no history may contain: ids that do not rise, ends of what is not open. */
  readonly irregular: readonly string[];
}

export const EMPTY_HISTORY: ProtocolHistory = {
  reservations: new Map(),
  requests: new Map(),
  paidByVaultUnits: new Map(),
  lastReservationId: 0n,
  lastRequestId: 0n,
  irregular: [],
};

/** The history after further events. `granularityUba` lowers a pool's fee part to whole AMG. */
export function continueHistory(
  history: ProtocolHistory,
  events: readonly ProtocolEvent[],
  granularityUba: bigint,
): ProtocolHistory {
  return events.reduce((sofar, event) => afterEvent(sofar, event, granularityUba), history);
}

function afterEvent(history: ProtocolHistory, event: ProtocolEvent, granularityUba: bigint): ProtocolHistory {
  switch (event.kind) {
    case 'reserved': {
      const poolFeeUba = wholeAmg(mulBips(event.feeUba, event.poolFeeShareBips), granularityUba);
      const open: OpenReservation = {
        vault: event.vault,
        reservedUba: event.valueUba + poolFeeUba,
        reservationFeeWei: event.reservationFeeWei,
      };
      return {
        ...history,
        reservations: new Map([...history.reservations, [event.id, open]]),
        lastReservationId: event.id,
        irregular: risingId(history, 'reservation', history.lastReservationId, event.id),
      };
    }
    case 'minting ended':
      return {
        ...history,
        reservations: without(history.reservations, event.id),
        irregular: endOfOpen(history, history.reservations.has(event.id), `reservation ${event.id}`, event.how),
      };
    case 'requested':
      return {
        ...history,
        requests: new Map([...history.requests, [event.id, { vault: event.vault, valueUba: event.valueUba }]]),
        lastRequestId: event.id,
        irregular: risingId(history, 'redemption request', history.lastRequestId, event.id),
      };
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

function endOfOpen({ irregular }: ProtocolHistory, isOpen: boolean, what: string, how: string): readonly string[] {
  return isOpen ? irregular : [...irregular, `${what} ends by ${how} but is not open`];
}
