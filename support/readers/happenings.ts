/**
 * What happened between two points: payments to a user on the ledger, status events and pool events on chain, in order.
 *
 * Events are only translated here; the model computes their effect.
 */
import { type LogDescription, type Result, ZeroAddress } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { combineRecord, readAll } from '../clients/flare/reads.ts';
import type { LedgerClient, LedgerPayment } from '../clients/xrpl/ledger-client.ts';
import type { ForeignDefault, Happenings, IncomingPayment, StatusChange } from '../model/background.ts';
import type { PoolEvent } from '../model/pool-replay.ts';
import type { ReservationFee } from '../model/protocol-history.ts';
import { defaultPayout } from '../model/redemption-default.ts';
import type { Point } from '../model/state.ts';
import type { DefaultTermsReader } from './default-terms.ts';
import type { Informer, Who } from './informer.ts';
import { readForeignCalls } from './foreign-calls.ts';
import { type PoolCalls, readPoolCalls } from './pool-calls.ts';
import type { ProtocolEvent, ProtocolLogs } from './protocol-logs.ts';
import { readSettings } from './market-reads.ts';
import { type RedemptionFee, readRedemptionFee, readReservationFee } from './record-reads.ts';
import { mintingRecord, type MintingStatus, redemptionRecord, type RedemptionStatus } from '../model/records.ts';

type StatusEvent = (args: Result) => StatusChange;

const redemption =
  (status: RedemptionStatus): StatusEvent =>
  (args) => ({ record: redemptionRecord(args['requestId']), status });
const minting =
  (status: MintingStatus): StatusEvent =>
  (args) => ({ record: mintingRecord(args['collateralReservationId']), status });

/** Which event moves which record to which status (protocol facts 2.5 and 3.3). */
const STATUS_EVENTS: Readonly<Record<string, StatusEvent>> = {
  MintingExecuted: minting('SUCCESSFUL'),
  MintingPaymentDefault: minting('DEFAULTED'),
  CollateralReservationDeleted: minting('EXPIRED'),
  RedemptionPerformed: redemption('SUCCESSFUL'),
  RedemptionDefault: redemption('DEFAULTED_UNCONFIRMED'),
  RedemptionPaymentFailed: redemption('DEFAULTED_FAILED'),
  RedemptionPaymentBlocked: redemption('BLOCKED'),
  RedemptionRejected: redemption('REJECTED'),
};

/** Reservations whose fee is shared out by the event, with what else goes the same way. */
const FEE_SHARING_EVENTS = new Set(['MintingExecuted', 'MintingPaymentDefault']);
/** Ends of a redemption with which the pool gets its part of the redemption fee. */
const PAID_EVENTS = new Set(['RedemptionPerformed', 'RedemptionPaymentBlocked']);

export class HappeningsReader {
  readonly #rpc: JsonRpc;
  readonly #ledger: LedgerClient;
  readonly #contracts: ProtocolContracts;
  readonly #logs: ProtocolLogs;
  readonly #informer: Informer;
  readonly #defaultTerms: DefaultTermsReader;

  constructor(
    rpc: JsonRpc,
    ledger: LedgerClient,
    contracts: ProtocolContracts,
    logs: ProtocolLogs,
    informer: Informer,
    defaultTerms: DefaultTermsReader,
  ) {
    this.#rpc = rpc;
    this.#ledger = ledger;
    this.#contracts = contracts;
    this.#logs = logs;
    this.#informer = informer;
    this.#defaultTerms = defaultTerms;
  }

  /** Everything after `from` up to and including `to`; status changes by `own` transactions are left out. */
  async between(who: Who, from: Point, to: Point, own: ReadonlySet<string>): Promise<Happenings> {
    const [payments, events] = await Promise.all([
      this.payments(who, from, to),
      this.#logs.between(from.block + 1, to.block),
    ]);
    const user = who.evmAddress.toLowerCase();
    const foreign = events.filter(({ hash }) => !own.has(hash));
    const endedIn = new Map(
      events.flatMap((event) => statusChanges(event).map(({ record }) => [record, event.block] as const)),
    );
    const statuses = foreign.flatMap((event) =>
      statusChanges(event).map((change) => ({ ...change, hash: event.hash })),
    );
    this.#defaultTerms.notice(who, events, own, to);
    const defaults: ForeignDefault[] = [];
    for (const event of foreign) {
      const { name, args } = event.event;
      if (name !== 'RedemptionDefault' || String(args['redeemer']).toLowerCase() !== user) continue;
      const record = redemptionRecord(args['requestId']);
      defaults.push({ record, hash: event.hash, ...(await this.#defaultTerms.of(event)) });
    }
    const [poolEvents, calls] = await Promise.all([
      this.#poolEvents(events, to),
      readForeignCalls(this.#rpc, this.#contracts, movedBy(user, foreign)),
    ]);
    return { payments, statuses, endedIn, defaults, poolEvents, calls };
  }

  /** Payments that arrived on the ledger after `from` up to and including `to`. */
  async payments(who: Who, from: Point, to: Point): Promise<IncomingPayment[]> {
    return incomingPayments(
      this.#informer,
      who,
      await this.#ledger.payments(who.ledgerAddress, from.ledger + 1, to.ledger),
    );
  }

  async #poolEvents(events: readonly ProtocolEvent[], to: Point): Promise<PoolEvent[]> {
    const [fees, calls, payouts] = await Promise.all([
      this.#feesOf(events, to),
      readPoolCalls(this.#rpc, callsOfPools(events)),
      this.#payouts(events, to),
    ]);
    return events.flatMap(({ event, vault, hash, emitter }) =>
      vault === undefined
        ? managerPoolEvents(event, hash, fees)
        : poolEvent(event, {
            vault,
            hash,
            due: event.name === 'CPPaidOut' ? payouts.get(hash) : callOf(event.name, hash, emitter, calls),
          }),
    );
  }

  /**
   * What pools owed for the defaults that pay somebody of the run, by transaction. The amount that a default tells is held
   * against its request by the history of the protocol.
   */
  async #payouts(events: readonly ProtocolEvent[], to: Point): Promise<ReadonlyMap<string, bigint>> {
    const paying = new Set(events.filter(({ event }) => event.name === 'CPPaidOut').map(({ hash }) => hash));
    const defaults = events
      .filter((event) => event.event.name === 'RedemptionDefault' && paying.has(event.hash))
      .filter((event) => this.#defaultTerms.paysSomebodyOfTheRun(event));
    const payouts = defaults.map(async (event): Promise<[string, bigint][]> => {
      const terms = await this.#defaultTerms.termsOf(event, events, to);
      if (terms === undefined) return [];
      return [[event.hash, defaultPayout({ ...terms, valueUba: event.event.args['redemptionAmountUBA'] }).poolWei]];
    });
    return new Map((await Promise.all(payouts)).flat());
  }

  /** Undefined when no event asks for fees, as in most steps: then no request goes out. */
  async #feesOf(events: readonly ProtocolEvent[], to: Point): Promise<Fees | undefined> {
    const { assetManager } = this.#contracts;
    const idsOf = (names: ReadonlySet<string>, argument: string): string[] =>
      events
        .filter(({ event, vault }) => vault === undefined && names.has(event.name))
        .map(({ event }) => String(event.args[argument]));
    const mintings = idsOf(FEE_SHARING_EVENTS, 'collateralReservationId');
    const paid = idsOf(PAID_EVENTS, 'requestId');
    if (mintings.length + paid.length === 0) return undefined;
    const { settings, reservations, redemptions } = await readAll(this.#rpc, to.block, {
      settings: readSettings(assetManager),
      reservations: combineRecord(mintings, (id) => readReservationFee(assetManager, BigInt(id))),
      redemptions: combineRecord(paid, (id) => readRedemptionFee(assetManager, BigInt(id))),
    });
    return { granularityUba: settings.granularityUba, reservations, redemptions };
  }
}

/** Those that reached the user, with the agents among their senders. */
export async function incomingPayments(
  informer: Pick<Informer, 'pools'>,
  who: Who,
  payments: readonly LedgerPayment[],
): Promise<IncomingPayment[]> {
  const vaults = new Map((await informer.pools()).map(({ underlyingAddress, vault }) => [underlyingAddress, vault]));
  return payments
    .filter((payment) => payment.succeeded && payment.destination === who.ledgerAddress)
    .map(({ hash, source, reference, memos, tag, deliveredDrops }) => ({
      hash,
      source,
      agentVault: vaults.get(source),
      reference,
      memos,
      ...(tag !== undefined && { tag }),
      deliveredDrops,
    }));
}

/** Transactions that moved FAssets to or from the user, each once, in order. */
function movedBy(user: string, events: readonly ProtocolEvent[]): string[] {
  const transfers = events.filter(({ event, vault }) => vault === undefined && event.name === 'Transfer');
  const touching = transfers.filter(({ event: { args } }) =>
    [args['from'], args['to']].some((holder) => String(holder).toLowerCase() === user),
  );
  return [...new Set(touching.map(({ hash }) => hash))];
}

function statusChanges({ event, vault }: ProtocolEvent): StatusChange[] {
  const status = vault === undefined ? STATUS_EVENTS[event.name] : undefined;
  return status === undefined ? [] : [status(event.args)];
}

/** The call that each of these events tells of. */
const CALLS: Readonly<Record<string, string>> = {
  CPEntered: 'enter',
  CPExited: 'exit',
  CPFeesWithdrawn: 'withdrawFees',
  CPFeeDebtPaid: 'payFAssetFeeDebt',
  Transfer: 'transfer',
};

function callsOfPools(events: readonly ProtocolEvent[]): string[] {
  const told = events.filter(({ event, vault }) => vault !== undefined && event.name in CALLS);
  return [...new Set(told.map(({ hash }) => hash))];
}

/** The amount that was asked of just this contract by the function that such an event tells of. */
function callOf(event: string, hash: string, emitter: string, calls: PoolCalls): bigint | undefined {
  const call = calls.get(hash);
  return call?.name === CALLS[event] && call?.to === emitter ? call.amount : undefined;
}

/** What the events share out, by id of reservation or request. */
interface Fees {
  readonly granularityUba: bigint;
  readonly reservations: Readonly<Record<string, ReservationFee>>;
  readonly redemptions: Readonly<Record<string, RedemptionFee>>;
}

interface PoolLog {
  readonly vault: string;
  readonly hash: string;
  /** What the sender asked for or the pool owed, where that is known: what the event says is then only held against it. */
  readonly due: bigint | undefined;
}

/** Events of a pool or its token. A mint or burn of pool tokens comes with an event of its own. */
function poolEvent({ name, args }: LogDescription, { vault, hash, due }: PoolLog): PoolEvent[] {
  const told = Object.fromEntries(
    Object.entries(args.toObject())
      .filter((entry): entry is [string, bigint] => typeof entry[1] === 'bigint')
      .map(([field, value]) => [`${name} ${field}`, value]),
  );
  const base = { vault, hash, told };
  const holder = String(args['tokenHolder'] ?? '').toLowerCase();
  switch (name) {
    case 'CPEntered':
      return [
        {
          ...base,
          kind: 'entered',
          holder,
          amountWei: due ?? args['amountNatWei'],
          lockedUntilS: args['timelockExpiresAt'],
        },
      ];
    case 'CPExited':
    case 'CPSelfCloseExited':
      return [{ ...base, kind: 'exited', holder, tokensWei: due ?? args['burnedTokensWei'] }];
    case 'CPFeesWithdrawn':
      return [{ ...base, kind: 'fees withdrawn', holder, feesUba: due ?? args['withdrawnFeesUBA'] }];
    case 'CPFeeDebtPaid':
      return [{ ...base, kind: 'fee debt paid', holder, feesUba: due ?? args['paidFeesUBA'] }];
    case 'CPPaidOut':
      return [{ ...base, kind: 'paid out', paidWei: due ?? args['paidNatWei'] }];
    case 'CPClaimedReward':
      return [{ ...base, kind: 'reward', amountWei: args['amountNatWei'] }];
    case 'Transfer': {
      if (args['from'] === ZeroAddress || args['to'] === ZeroAddress) return [];
      const [from, to] = [String(args['from']).toLowerCase(), String(args['to']).toLowerCase()];
      return [{ ...base, kind: 'tokens transferred', from, to, tokensWei: due ?? args['value'] }];
    }
    default:
      return [];
  }
}

/**
 * What the asset manager's events mean for the agent's pool: its part of the fee of a minting or of a paid redemption, and of
 * the reservation fee, however the reservation ends.
 */
function managerPoolEvents({ name, args }: LogDescription, hash: string, fees: Fees | undefined): PoolEvent[] {
  const base = { vault: String(args['agentVault'] ?? '').toLowerCase(), hash };
  if (name === 'SelfMint') return [{ ...base, kind: 'fees minted', feesUba: args['poolFeeUBA'], why: 'self mint' }];
  if (fees === undefined) return [];
  const { granularityUba } = fees;
  const redemption = fees.redemptions[String(args['requestId'])];
  if (PAID_EVENTS.has(name) && redemption)
    return [{ ...base, kind: 'fee shared', ...redemption, granularityUba, why: `redemption ${args['requestId']}` }];
  const reservation = fees.reservations[String(args['collateralReservationId'])];
  if (reservation === undefined || !FEE_SHARING_EVENTS.has(name)) return [];
  const { feeUba, feeWei, executorFeeWei, shareBips } = reservation;
  const isMinted = name === 'MintingExecuted';
  const why = `${isMinted ? '' : 'default of '}minting ${args['collateralReservationId']}`;
  // An unpaid minting's executor fee goes the same way.
  const sharedWei = feeWei + (isMinted ? 0n : executorFeeWei);
  const reservationFee: PoolEvent = { ...base, kind: 'reservation fee', feeWei: sharedWei, shareBips, why };
  return isMinted
    ? [{ ...base, kind: 'fee shared', feeUba, shareBips, granularityUba, why }, reservationFee]
    : [reservationFee];
}
