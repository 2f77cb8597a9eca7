/**
 * The sum of the protocol's events since the start of a play: which reservations and requests are open, what each agent's
 * vault has paid out, what the redemption queue must be. The invariants compare the protocol's own figures with it.
 *
 * Only acts of users and agents here: no self-minting, self-closing exits or transfers to the core vault.
 */
import { maximum, mulBips } from '../units/amounts.ts';
import { mintingExecutorFeeWei, redemptionExecutorFeesWei, wholeGwei } from './executor-fee.ts';
import type { BookedPayments } from './agent-ledger.ts';
import { mintingReference } from './background.ts';
import { type Followed, type FollowedEvent, follow, toldOtherwise } from './followed.ts';
import { type PaymentWindow, type UnderlyingClock, type WindowTerms, paymentWindow, poolPartUba } from './minting.ts';
import type { QueueTerms } from './redemption.ts';
import { type AgentDefaultTerms, defaultPayout } from './redemption-default.ts';
import { type TicketQueue, queueMinted, queueRedeemed } from './ticket-queue.ts';

/** A meaning with the hash of the transaction that emitted its event. */
export type ProtocolEvent = Meaning & { readonly transaction: string };

/** Addresses are lower-case. */
export type Meaning =
  | ({
      readonly kind: 'reserved';
      /** As the protocol's view tells them. */
      readonly viewed: ReservationFee;
    } & Opened)
  | {
      readonly kind: 'minting ended';
      readonly id: bigint;
      readonly how: string;
      readonly told: Told;
      /** Hash of the payment that its execution proved, where that is known. */
      readonly provenHash?: string | undefined;
      /** Who sent the transaction; only of records with an executor. */
      readonly caller?: string;
    }
  | {
      /** FAssets for a payment to the core vault. */
      readonly kind: 'minted directly';
      readonly event: string;
      readonly told: Told;
      /** What its proof shows; undefined where that is not known. */
      readonly receivedUba: bigint | undefined;
    }
  | ({ readonly kind: 'requested' } & Opened)
  | { readonly kind: 'underlying block'; readonly clock: UnderlyingClock }
  | {
      readonly kind: 'redemption ended';
      readonly id: bigint;
      readonly how: string;
      readonly told: Told;
      /** Of a default, as they stood before it; without them its event is believed. */
      readonly terms?: AgentDefaultTerms | undefined;
      /** Who sent the transaction; only of records with an executor. */
      readonly caller?: string;
    }
  | {
      /** The protocol was shown a payment of an agent's account; `spentUba` is the amount that the event reports. */
      readonly kind: 'payment booked';
      readonly hash: string;
      readonly spentUba: bigint | undefined;
    }
  | { readonly kind: 'told'; readonly event: FollowedEvent }
  | { readonly kind: 'pool fee minted'; readonly id: bigint; readonly told: Told }
  | { readonly kind: 'agent setting'; readonly vault: string; readonly name: string; readonly value: bigint };

/** Figures of an event by their names there; addresses and hashes lower-case. */
export type Told = Readonly<Record<string, bigint | string>>;

const amountIn = (told: Told, name: string): bigint => BigInt(told[name] ?? 0n);

/** The fees of a minting, in native coin and on the ledger, and the pool's share of both. */
export interface ReservationFee {
  readonly feeWei: bigint;
  /** What is still held for an executor. */
  readonly executorFeeWei: bigint;
  readonly feeUba: bigint;
  readonly shareBips: bigint;
}

/** A reservation or a request as it begins. */
export interface Opened {
  readonly id: bigint;
  readonly vault: string;
  readonly valueUba: bigint;
  readonly told: Told;
  /** Unix seconds. */
  readonly atS: bigint;
  /** Until when it can be paid according to its event. */
  readonly window: PaymentWindow;
  readonly executor?: NamedExecutor;
}

/** Whom a transaction named as executor, and what was sent with it. */
export interface NamedExecutor {
  readonly address: string;
  /** All the native coin of the transaction. */
  readonly sentWei: bigint;
  /** Which of the records that the transaction opened this one is, from 0, of how many. */
  readonly index: number;
  readonly of: number;
}

/** Settings that the sums depend on. */
export interface HistoryTerms {
  readonly granularityUba: bigint;
  readonly queue: Pick<QueueTerms, 'lotSizeUba' | 'redemptionFeeBips'>;
  readonly window: WindowTerms;
  /** By this much each request to an agent lengthens the window of the next, while they come fast. */
  readonly extensionS: bigint;
}

/** An agent's settings by their names in AgentSettingChanged. */
export type AgentSettings = Readonly<Record<string, bigint>>;

export interface OpenReservation {
  readonly vault: string;
  readonly valueUba: bigint;
  readonly feeUba: bigint;
  readonly poolFeeUba: bigint;
  readonly reservationFeeWei: bigint;
  /** Of the parties, as the event that opened it names them. */
  readonly parties: Told;
  readonly executor: Escrow | undefined;
  /** Hash of its transaction. */
  readonly openedBy: string;
}

export interface OpenRequest {
  readonly vault: string;
  readonly valueUba: bigint;
  /** Minted to the pool when the request is paid. */
  readonly poolFeeUba: bigint;
  readonly parties: Told;
  readonly executor: Escrow | undefined;
  /** Hash of its transaction. */
  readonly openedBy: string;
}

/** What the protocol holds for an executor. */
export interface Escrow {
  readonly address: string;
  readonly feeWei: bigint;
}

export interface ProtocolHistory {
  readonly agents: ReadonlyMap<string, AgentSettings>;
  readonly reservations: ReadonlyMap<bigint, OpenReservation>;
  readonly requests: ReadonlyMap<bigint, OpenRequest>;
  readonly queue: TicketQueue;
  /** By events alone; undefined where the beginning was not told, or once they told something wrong of the queue. */
  readonly followed?: Followed | undefined;
  /** Pool fees of requests that were paid, until they are minted. */
  readonly owedPoolFees: ReadonlyMap<bigint, OpenRequest>;
  readonly booked: BookedPayments;
  /** The amount spent that the protocol reports for a payment, by its hash. */
  readonly toldSpentUba: ReadonlyMap<string, bigint>;
  readonly paidByVaultUnits: ReadonlyMap<string, bigint>;
  /** Paid to the core vault and minted for. */
  readonly mintedDirectlyUba: bigint;
  /** What was sent for executors beyond whole gwei, which stays in the asset manager. */
  readonly keptWei: bigint;
  /** Fees of executors who did not act. */
  readonly burnedWei: bigint;
  readonly lastReservationId: bigint;
  readonly lastRequestId: bigint;
  /** What the protocol takes as the ledger's block and time. */
  readonly underlying: UnderlyingClock;
  /** Until when each agent's windows are lengthened (RedemptionTimeExtension, a leaky bucket). */
  readonly extendedUntilS: ReadonlyMap<string, bigint>;
  /** What no history may contain: ids that do not rise, ends of what is not open, wrong payment windows. */
  readonly irregular: readonly string[];
  /** Events whose figures are wrong. */
  readonly misreported: readonly Misreport[];
}

export interface Misreport {
  readonly subject: string;
  /** The transactions behind the event: its own, then the one that opened the record. */
  readonly origins: readonly string[];
  readonly expected: bigint | string;
  readonly actual: bigint | string;
}

/** What stood when the play began. */
export type HistoryStart = Pick<ProtocolHistory, 'underlying' | 'agents' | 'queue' | 'followed'>;

/** Nothing open, nothing requested for a while. */
export const emptyHistory = (start: HistoryStart): ProtocolHistory => ({
  ...start,
  owedPoolFees: new Map(),
  booked: { hashes: new Set(), minted: new Map() },
  toldSpentUba: new Map(),
  extendedUntilS: new Map(),
  reservations: new Map(),
  requests: new Map(),
  paidByVaultUnits: new Map(),
  mintedDirectlyUba: 0n,
  keptWei: 0n,
  burnedWei: 0n,
  lastReservationId: 0n,
  lastRequestId: 0n,
  irregular: [],
  misreported: [],
});

/** The history after further events. */
export function continueHistory(
  history: ProtocolHistory,
  events: readonly ProtocolEvent[],
  terms: HistoryTerms,
): ProtocolHistory {
  return events.reduce((sofar, event, index) => {
    const after = afterEvent(sofar, event, terms);
    return events[index + 1]?.transaction === event.transaction ? after : afterTransaction(after, event.transaction);
  }, history);
}

/** Tickets and dust may be told before or after the act that changes them, but in its transaction. */
function afterTransaction(history: ProtocolHistory, transaction: string): ProtocolHistory {
  const { followed, queue, misreported } = history;
  const wrong = followed && toldOtherwise(followed, queue);
  if (wrong === undefined) return history;
  const subject = `redemption queue as the events of ${transaction} tell it`;
  return {
    ...history,
    followed: undefined,
    misreported: [...misreported, { subject, origins: [transaction], ...wrong }],
  };
}

function afterEvent(history: ProtocolHistory, event: ProtocolEvent, terms: HistoryTerms): ProtocolHistory {
  switch (event.kind) {
    case 'reserved':
      return afterReservation(history, event, terms);
    case 'minting ended':
      return afterMinting(history, event, terms);
    case 'requested':
      return afterRequest(history, event, terms);
    case 'redemption ended':
      return afterRedemption(history, event);
    case 'pool fee minted':
      return afterPoolFee(history, event, terms);
    case 'payment booked': {
      const { hash, spentUba } = event;
      const { hashes } = history.booked;
      return {
        ...history,
        booked: { ...history.booked, hashes: new Set([...hashes, hash]) },
        toldSpentUba: spentUba === undefined ? history.toldSpentUba : withOne(history.toldSpentUba, hash, spentUba),
      };
    }
    case 'told': {
      const { followed } = history;
      return { ...history, followed: followed && follow(followed, event.event, event.transaction) };
    }
    case 'minted directly':
      return afterDirectMinting(history, event);
    case 'underlying block':
      return { ...history, underlying: event.clock };
    case 'agent setting': {
      const { vault, name, value } = event;
      return { ...history, agents: withOne(history.agents, vault, { ...history.agents.get(vault), [name]: value }) };
    }
  }
}

/** The minting fee and the pool's part of it are fixed by the agent's settings now. */
function afterReservation(
  history: ProtocolHistory,
  {
    id,
    vault,
    valueUba,
    told,
    viewed,
    executor: named,
    transaction,
    ...opened
  }: Extract<ProtocolEvent, { kind: 'reserved' }>,
  terms: HistoryTerms,
): ProtocolHistory {
  const feeUba = mulBips(valueUba, settingOf(history, vault, 'feeBIPS'));
  const shareBips = settingOf(history, vault, 'poolFeeShareBIPS');
  const poolFeeUba = poolPartUba(feeUba, shareBips, terms.granularityUba);
  const reservationFeeWei = viewed.feeWei;
  const executor = named && {
    address: named.address,
    feeWei: mintingExecutorFeeWei(named.sentWei, reservationFeeWei),
  };
  const fees = { feeUba, poolFeeUba, reservationFeeWei };
  const parties = partiesIn(told, 'minter');
  const open: OpenReservation = { vault, valueUba, ...fees, parties, executor, openedBy: transaction };
  const keptWei = named === undefined ? 0n : named.sentWei - reservationFeeWei - (executor?.feeWei ?? 0n);
  const inEvent = misreports(history, `CollateralReserved ${id}`, { feeUBA: feeUba }, told, [transaction]);
  const view = { mintingFeeUBA: viewed.feeUba, poolFeeShareBIPS: viewed.shareBips };
  const due = { mintingFeeUBA: feeUba, poolFeeShareBIPS: shareBips };
  return {
    ...history,
    keptWei: history.keptWei + keptWei,
    reservations: withOne(history.reservations, id, open),
    lastReservationId: id,
    irregular: [
      ...risingId(history, 'reservation', history.lastReservationId, id),
      ...windowProblem(`reservation ${id}`, history, opened, terms, 0n),
    ],
    misreported: misreports({ misreported: inEvent }, `collateralReservationInfo ${id}`, due, view, [transaction]),
  };
}

function afterMinting(
  history: ProtocolHistory,
  { id, how, told, transaction, provenHash, caller }: Extract<ProtocolEvent, { kind: 'minting ended' }>,
  terms: HistoryTerms,
): ProtocolHistory {
  const open = history.reservations.get(id);
  const ended = {
    ...history,
    reservations: without(history.reservations, id),
    irregular: endOfOpen(history, open !== undefined, `reservation ${id}`, how),
  };
  if (open === undefined) return ended;
  const { vault, valueUba, feeUba, poolFeeUba, parties, openedBy, executor } = open;
  const isMinted = how === 'MintingExecuted';
  // An executed minting does not tell again whose it was.
  const figures: Told = isMinted
    ? { ...partiesIn(parties), mintedAmountUBA: valueUba, poolFeeUBA: poolFeeUba }
    : { ...parties, reservedAmountUBA: valueUba + poolFeeUba };
  const misreported = misreports(history, `${how} ${id}`, figures, told, [transaction, openedBy]);
  if (!isMinted) return { ...ended, misreported };
  // A minting default shares the executor's fee like the reservation fee.
  const burnedWei = history.burnedWei + burnedOf(executor, caller);
  const { booked, queue } = history;
  return {
    ...ended,
    misreported,
    burnedWei,
    queue: queueMinted(queue, vault, valueUba + poolFeeUba, terms.queue.lotSizeUba),
    booked: {
      ...booked,
      minted: withOne(booked.minted, mintingReference(id), { dueDrops: valueUba + feeUba, provenHash }),
    },
  };
}

/** All that was received is minted, whoever gets which part of it. */
function afterDirectMinting(
  history: ProtocolHistory,
  { event, told, receivedUba, transaction }: Extract<ProtocolEvent, { kind: 'minted directly' }>,
): ProtocolHistory {
  const toldUba =
    'receivedAmountUBA' in told
      ? amountIn(told, 'receivedAmountUBA')
      : amountIn(told, 'mintedAmountUBA') + amountIn(told, 'mintingFeeUBA') + amountIn(told, 'executorFeeUBA');
  return {
    ...history,
    mintedDirectlyUba: history.mintedDirectlyUba + (receivedUba ?? toldUba),
    misreported: misreports(
      history,
      `${event} of ${transaction}`,
      { 'sum of its parts': receivedUba ?? toldUba },
      { 'sum of its parts': toldUba },
      [transaction],
    ),
  };
}

function afterRequest(
  history: ProtocolHistory,
  request: Extract<ProtocolEvent, { kind: 'requested' }>,
  terms: HistoryTerms,
): ProtocolHistory {
  const { id, vault, valueUba, atS, transaction, executor: named } = request;
  const executor = named && {
    address: named.address,
    feeWei: redemptionExecutorFeesWei(named.sentWei, named.of)[named.index] ?? 0n,
  };
  const keptWei = named?.index === 0 ? named.sentWei - wholeGwei(named.sentWei) : 0n;
  const until = maximum((history.extendedUntilS.get(vault) ?? 0n) + terms.extensionS, atS);
  const feeUba = mulBips(valueUba, terms.queue.redemptionFeeBips);
  const shareBips = settingOf(history, vault, 'redemptionPoolFeeShareBIPS');
  const poolFeeUba = poolPartUba(feeUba, shareBips, terms.granularityUba);
  return {
    ...history,
    queue: queueRedeemed(history.queue, vault, valueUba, terms.queue.lotSizeUba),
    extendedUntilS: withOne(history.extendedUntilS, vault, until),
    keptWei: history.keptWei + keptWei,
    requests: withOne(history.requests, id, {
      vault,
      valueUba,
      poolFeeUba,
      executor,
      parties: partiesIn(request.told, 'redeemer'),
      openedBy: transaction,
    }),
    lastRequestId: id,
    irregular: [
      ...risingId(history, 'redemption request', history.lastRequestId, id),
      ...windowProblem(`redemption request ${id}`, history, request, terms, until - atS),
    ],
    misreported: misreports(history, `RedemptionRequested ${id}`, { feeUBA: feeUba }, request.told, [transaction]),
  };
}

const PAID = new Set(['RedemptionPerformed', 'RedemptionPaymentBlocked']);

/** The pool gets its part of the fee when the agent has paid, also when the redeemer's account blocked it. */
function afterRedemption(
  history: ProtocolHistory,
  { id, how, told, terms, transaction, caller }: Extract<ProtocolEvent, { kind: 'redemption ended' }>,
): ProtocolHistory {
  const open = history.requests.get(id);
  const ended = {
    ...history,
    requests: without(history.requests, id),
    irregular: endOfOpen(history, open !== undefined, `redemption request ${id}`, how),
  };
  if (open === undefined) return ended;
  const { paidByVaultUnits, owedPoolFees } = history;
  const isOwed = PAID.has(how) && open.poolFeeUba > 0n;
  const payout = terms && defaultPayout({ ...terms, valueUba: open.valueUba });
  const figures = {
    ...open.parties,
    redemptionAmountUBA: open.valueUba,
    ...(payout && { redeemedVaultCollateralWei: payout.vaultUnits, redeemedPoolCollateralWei: payout.poolWei }),
  };
  const paidVaultUnits = payout?.vaultUnits ?? amountIn(told, 'redeemedVaultCollateralWei');
  // Only whoever defaults as the executor earns the fee; with a payment or a rejection it is always burned.
  const burnedWei = history.burnedWei + burnedOf(open.executor, how === 'RedemptionDefault' ? caller : undefined);
  return {
    ...ended,
    burnedWei,
    owedPoolFees: isOwed ? withOne(owedPoolFees, id, open) : owedPoolFees,
    paidByVaultUnits: withOne(paidByVaultUnits, open.vault, (paidByVaultUnits.get(open.vault) ?? 0n) + paidVaultUnits),
    misreported: misreports(history, `${how} ${id}`, figures, told, [transaction, open.openedBy]),
  };
}

function afterPoolFee(
  history: ProtocolHistory,
  { id, told, transaction }: Extract<ProtocolEvent, { kind: 'pool fee minted' }>,
  terms: HistoryTerms,
): ProtocolHistory {
  const owed = history.owedPoolFees.get(id);
  const poolFeeUBA = owed?.poolFeeUba ?? 0n;
  const origins = owed === undefined ? [transaction] : [transaction, owed.openedBy];
  return {
    ...history,
    owedPoolFees: without(history.owedPoolFees, id),
    queue: owed ? queueMinted(history.queue, owed.vault, poolFeeUBA, terms.queue.lotSizeUba) : history.queue,
    misreported: misreports(
      history,
      `RedemptionPoolFeeMinted ${id}`,
      { poolFeeUBA, ...(owed && partiesIn(owed.parties)) },
      told,
      origins,
    ),
  };
}

/** An executor's fee, if somebody else ended the record. */
const burnedOf = (executor: Escrow | undefined, caller: string | undefined): bigint =>
  executor === undefined || executor.address === caller ? 0n : executor.feeWei;

const settingOf = ({ agents }: ProtocolHistory, vault: string, name: string): bigint => agents.get(vault)?.[name] ?? 0n;

const withOne = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map([...map, [key, value]]);

function without<T>(open: ReadonlyMap<bigint, T>, id: bigint): ReadonlyMap<bigint, T> {
  return new Map([...open].filter(([other]) => other !== id));
}

/** The agent's vault, and these others of those that an event names. */
const partiesIn = (told: Told, ...others: readonly string[]): Told =>
  Object.fromEntries(['agentVault', ...others].flatMap((name) => (name in told ? [[name, told[name] ?? '']] : [])));

function misreports(
  { misreported }: Pick<ProtocolHistory, 'misreported'>,
  what: string,
  figures: Told,
  told: Told,
  origins: readonly string[],
): readonly Misreport[] {
  const wrong = Object.entries(figures)
    .map(([name, expected]) => ({ subject: `${what} ${name}`, expected, actual: told[name] ?? 0n, origins }))
    .filter(({ expected, actual }) => expected !== actual);
  return [...misreported, ...wrong];
}

function risingId({ irregular }: ProtocolHistory, what: string, last: bigint, id: bigint): readonly string[] {
  return id > last ? irregular : [...irregular, `${what} ${id} comes after ${last}`];
}

function windowProblem(
  what: string,
  { underlying }: ProtocolHistory,
  { atS, window }: Pick<Opened, 'atS' | 'window'>,
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
