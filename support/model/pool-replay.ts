/**
 * Replays what happened in the collateral pools, in log order, with the pools' own arithmetic: the effect on the shared
 * totals and on one user's holding.
 *
 * An event says who put in how much; what came out is computed here.
 */
import { minimum, mulBips, mulDivUp } from '../units/amounts.ts';
import {
  type Holding,
  type PoolTotals,
  type Timelock,
  claimableFeesUba,
  enterPool,
  exitPool,
  transferableTokensWei,
  virtualShareUba,
} from './pool.ts';
import { poolPartUba } from './minting.ts';
import { type PoolPosition, poolAccounts } from './pool-position.ts';
import type { Cause, Claim, Movement } from './statement.ts';
import type { State } from './states.ts';

interface PoolEventBase {
  /** Agent vault of the pool, lower-case. */
  readonly vault: string;
  readonly hash: string;
  /** Figures of the event itself, by its name and the field's: judged, never used. */
  readonly told?: Readonly<Record<string, bigint>>;
}

/** What can happen to a pool. Addresses are lower-case. */
export type PoolEvent = PoolEventBase &
  (
    | { readonly kind: 'entered'; readonly holder: string; readonly amountWei: bigint; readonly lockedUntilS: bigint }
    | { readonly kind: 'exited'; readonly holder: string; readonly tokensWei: bigint }
    | { readonly kind: 'fees withdrawn'; readonly holder: string; readonly feesUba: bigint }
    | { readonly kind: 'fee debt paid'; readonly holder: string; readonly feesUba: bigint }
    | { readonly kind: 'tokens transferred'; readonly from: string; readonly to: string; readonly tokensWei: bigint }
    | { readonly kind: 'fees minted'; readonly feesUba: bigint; readonly why: string }
    | {
        /** A fee on the ledger is shared: the pool is minted ⌊fee·share/10^4⌋, lowered to a whole AMG. */
        readonly kind: 'fee shared';
        readonly feeUba: bigint;
        readonly shareBips: bigint;
        readonly granularityUba: bigint;
        readonly why: string;
      }
    | {
        /** A reservation fee is shared out: the pool gets ⌊fee·share/10^4⌋. */
        readonly kind: 'reservation fee';
        readonly feeWei: bigint;
        readonly shareBips: bigint;
        readonly why: string;
      }
    | {
        /** The pool pays for its agent, whose tokens are burned for it. */
        readonly kind: 'paid out';
        readonly paidWei: bigint;
      }
    | { readonly kind: 'reward'; readonly amountWei: bigint }
  );

export type PoolPositions = Readonly<Record<string, PoolPosition>>;
/** What a user has entered and cannot move yet, by vault. */
export type Timelocks = Readonly<Record<string, readonly Timelock[]>>;

export interface PoolReplay {
  readonly movements: readonly Movement[];
  readonly timelocks: Timelocks;
  readonly reached: readonly State[];
  /** What events say, against what their senders asked for and what the pools' arithmetic makes of it. */
  readonly claims: readonly Claim[];
}

/** Movements of every pool account of one user (EVM address, lower-case) from `opening` to `closingS`. */
export function replayPools(
  user: string,
  opening: PoolPositions,
  openingLocks: Timelocks,
  events: readonly PoolEvent[],
  openingS: bigint,
  closingS: bigint,
): PoolReplay {
  const positions: Record<string, PoolPosition> = { ...opening };
  const locks: Record<string, readonly Timelock[]> = { ...openingLocks };
  const movements: Movement[] = [];
  const reached: State[] = [];
  const claims: Claim[] = [];
  for (const event of events) {
    const { vault } = event;
    const before = positions[vault];
    if (before === undefined) continue;
    reached.push(...statesMet(user, before, event));
    claims.push(...eventClaims(before, event));
    const { position, entry } = applyPoolEvent(user, before, event);
    if (entry !== undefined) locks[vault] = [...(locks[vault] ?? []), entry];
    const after = withViews(position, locks[vault] ?? [], openingS);
    positions[vault] = after;
    const cause = causeOf(user, event);
    movements.push(...differences(vault, before, after, { cause, text: describe(event), source: event.hash }));
  }
  for (const [vault, before] of Object.entries(positions)) {
    const after = withViews(before, locks[vault] ?? [], closingS);
    movements.push(...differences(vault, before, after, { cause: 'own', text: 'timelocks end' }));
    locks[vault] = (locks[vault] ?? []).filter(({ endS }) => endS > closingS);
  }
  return { movements, timelocks: locks, reached, claims };
}

/** What the user meets in this event. */
function statesMet(user: string, { totals, holding }: PoolPosition, event: PoolEvent): State[] {
  if (event.kind === 'paid out')
    return holding.tokensWei > 0n ? ['pool: pays for a default while the user is in it'] : [];
  if (!('holder' in event) || event.holder !== user) return [];
  if (event.kind === 'entered')
    return [totals.feesUba > 0n ? 'pool: entered while it holds fees' : 'pool: entered while it holds none'];
  if (event.kind === 'exited')
    return [event.tokensWei === holding.tokensWei ? 'pool: exited with all tokens' : 'pool: exited with a part'];
  if (event.kind !== 'fees withdrawn') return [];
  const isAll = event.feesUba === claimableFeesUba(totals, holding);
  return [isAll ? 'pool: all claimable fees withdrawn' : 'pool: a part of the fees withdrawn'];
}

/** Every figure of the event that follows from what was asked for and the pool as it stood. */
function eventClaims({ totals, agentTokensWei }: PoolPosition, event: PoolEvent): Claim[] {
  return Object.entries(figuresOf(totals, agentTokensWei, event)).flatMap(([what, expected]) => {
    const actual = event.told?.[what];
    return actual === undefined ? [] : [{ what, of: event.hash, expected: String(expected), actual: String(actual) }];
  });
}

function figuresOf(totals: PoolTotals, agentTokensWei: bigint, event: PoolEvent): Readonly<Record<string, bigint>> {
  switch (event.kind) {
    case 'entered':
      return {
        'CPEntered amountNatWei': event.amountWei,
        'CPEntered receivedTokensWei': enterPool(totals, event.amountWei).tokensWei,
      };
    case 'exited': {
      const { collateralWei } = exitPool(totals, event.tokensWei);
      return { 'CPExited burnedTokensWei': event.tokensWei, 'CPExited receivedNatWei': collateralWei };
    }
    case 'fees withdrawn':
      return { 'CPFeesWithdrawn withdrawnFeesUBA': event.feesUba };
    case 'fee debt paid':
      return { 'CPFeeDebtPaid paidFeesUBA': event.feesUba };
    case 'tokens transferred':
      return { 'Transfer value': event.tokensWei };
    case 'paid out':
      return {
        'CPPaidOut paidNatWei': event.paidWei,
        'CPPaidOut burnedTokensWei': burnedForPayout(totals, agentTokensWei, event.paidWei),
      };
    case 'fees minted':
    case 'fee shared':
    case 'reservation fee':
    case 'reward':
      return {};
  }
}

/** Of the agent's tokens, ⌈T·paid/N⌉, at most all of them. */
const burnedForPayout = (totals: PoolTotals, agentTokensWei: bigint, paidWei: bigint): bigint =>
  minimum(mulDivUp(totals.tokensWei, paidWei, totals.collateralWei), agentTokensWei);

/** What the pool's views must give for the position. */
function withViews(position: PoolPosition, timelocks: readonly Timelock[], atS: bigint): PoolPosition {
  const { totals, holding } = position;
  return {
    ...position,
    claimableFeesUba: claimableFeesUba(totals, holding),
    transferableWei: transferableTokensWei(totals, holding, timelocks, atS),
  };
}

function differences(
  vault: string,
  before: PoolPosition,
  after: PoolPosition,
  because: Omit<Movement, 'account' | 'amount'>,
): Movement[] {
  const earlier = poolAccounts(vault, before);
  return Object.entries(poolAccounts(vault, after))
    .map(([account, amount]) => ({ account, amount: amount - (earlier[account] ?? 0n), ...because }))
    .filter(({ amount }) => amount !== 0n);
}

interface AppliedEvent {
  readonly position: PoolPosition;
  /** The user's new timelock. */
  readonly entry?: Timelock;
}

/** Totals, holdings and what the pool's accounts hold after one event; the views are left to the caller. */
function applyPoolEvent(user: string, position: PoolPosition, event: PoolEvent): AppliedEvent {
  const { totals } = position;
  switch (event.kind) {
    case 'entered': {
      const { tokensWei, feeDebtUba } = enterPool(totals, event.amountWei);
      const moved = change(position, event, user, {
        totals: { collateralWei: event.amountWei, tokensWei, feeDebtUba },
        holder: { tokensWei, feeDebtUba },
      });
      return event.holder === user
        ? { position: moved, entry: { tokensWei, endS: event.lockedUntilS } }
        : { position: moved };
    }
    case 'exited': {
      const { collateralWei, feeShareUba } = exitPool(totals, event.tokensWei);
      const holder = { tokensWei: -event.tokensWei, feeDebtUba: -feeShareUba };
      return {
        position: change(position, event, user, { totals: { ...holder, collateralWei: -collateralWei }, holder }),
      };
    }
    case 'fees withdrawn':
    case 'fee debt paid': {
      const debtUba = event.kind === 'fees withdrawn' ? event.feesUba : -event.feesUba;
      return {
        position: change(position, event, user, {
          totals: { feesUba: -debtUba, feeDebtUba: debtUba },
          holder: { feeDebtUba: debtUba },
        }),
      };
    }
    case 'tokens transferred': {
      const { from, to, tokensWei } = event;
      const sent = change(position, { vault: event.vault, holder: from }, user, { holder: { tokensWei: -tokensWei } });
      return { position: change(sent, { vault: event.vault, holder: to }, user, { holder: { tokensWei } }) };
    }
    case 'fees minted':
      return { position: change(position, event, user, { totals: { feesUba: event.feesUba } }) };
    case 'fee shared': {
      const feesUba = poolPartUba(event.feeUba, event.shareBips, event.granularityUba);
      return { position: change(position, event, user, { totals: { feesUba } }) };
    }
    case 'reservation fee':
      return {
        position: change(position, event, user, { totals: { collateralWei: mulBips(event.feeWei, event.shareBips) } }),
      };
    case 'paid out': {
      const burned = burnedForPayout(totals, position.agentTokensWei, event.paidWei);
      const holder = { tokensWei: -burned, feeDebtUba: -virtualShareUba(totals, burned) };
      return {
        position: change(position, { vault: event.vault, holder: event.vault }, user, {
          totals: { ...holder, collateralWei: -event.paidWei },
          holder,
        }),
      };
    }
    case 'reward':
      return { position: change(position, event, user, { totals: { collateralWei: event.amountWei } }) };
  }
}

interface PoolChange {
  readonly totals?: Partial<PoolTotals>;
  /** Change of the holding of whoever acted. */
  readonly holder?: Partial<Holding>;
}

/** Adds a change to the totals and to whoever acted: the user, or the agent's vault; others' holdings are not kept. */
function change(
  position: PoolPosition,
  event: { readonly vault: string; readonly holder?: string },
  user: string,
  { totals = {}, holder = {} }: PoolChange,
): PoolPosition {
  const isAgent = event.holder === event.vault;
  return {
    ...position,
    totals: addToTotals(position.totals, totals),
    wNatHeldWei: position.wNatHeldWei + (totals.collateralWei ?? 0n),
    fAssetHeldUba: position.fAssetHeldUba + (totals.feesUba ?? 0n),
    agentTokensWei: position.agentTokensWei + (isAgent ? (holder.tokensWei ?? 0n) : 0n),
    holding: event.holder === user ? addToHolding(position.holding, holder) : position.holding,
  };
}

function causeOf(user: string, event: PoolEvent): Cause {
  if ('holder' in event && event.holder === user) return 'own';
  return event.kind === 'tokens transferred' && event.from === user ? 'own' : 'background';
}

function describe(event: PoolEvent): string {
  switch (event.kind) {
    case 'entered':
    case 'exited':
    case 'fees withdrawn':
    case 'fee debt paid':
      return `${event.kind} by ${event.holder}`;
    case 'tokens transferred':
      return `pool tokens from ${event.from} to ${event.to}`;
    case 'fees minted':
    case 'fee shared':
    case 'reservation fee':
      return `${event.kind}: ${event.why}`;
    case 'paid out':
      return 'the pool pays out for its agent';
    case 'reward':
      return 'a reward is claimed';
  }
}

function addToTotals(totals: PoolTotals, added: Partial<PoolTotals>): PoolTotals {
  return {
    collateralWei: totals.collateralWei + (added.collateralWei ?? 0n),
    tokensWei: totals.tokensWei + (added.tokensWei ?? 0n),
    feesUba: totals.feesUba + (added.feesUba ?? 0n),
    feeDebtUba: totals.feeDebtUba + (added.feeDebtUba ?? 0n),
  };
}

function addToHolding(holding: Holding, added: Partial<Holding>): Holding {
  return {
    tokensWei: holding.tokensWei + (added.tokensWei ?? 0n),
    feeDebtUba: holding.feeDebtUba + (added.feeDebtUba ?? 0n),
  };
}
