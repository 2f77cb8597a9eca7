/**
 * What must hold of the whole protocol at every block, whoever did what (protocol facts, section 8).
 *
 * Each invariant is a name, a promise in words, and a pure check over one snapshot; it knows nothing of the step that was done.
 */
import { type AgentLedger, bookedBalanceUba, spentDrops } from './agent-ledger.ts';
import { debtKey } from './followed.ts';
import type { UnderlyingClock } from './minting.ts';
import { virtualFeesUba, virtualShareUba } from './pool.ts';
import type { PoolTotals } from './pool.ts';
import type { ProtocolHistory } from './protocol-history.ts';
import type { Ticket } from './redemption.ts';
import type { Mismatch } from './statement.ts';
import { valuesText } from './ticket-queue.ts';

export interface AgentFigures {
  readonly vault: string;
  readonly isNormal: boolean;
  readonly mintedUba: bigint;
  readonly reservedUba: bigint;
  readonly redeemingUba: bigint;
  readonly poolRedeemingUba: bigint;
  readonly dustUba: bigint;
  readonly underlyingBalanceUba: bigint;
  readonly requiredUnderlyingUba: bigint;
  readonly freeUnderlyingUba: bigint;
  readonly vaultTokenUnits: bigint;
  /** agentRedemptionQueue, from its head. */
  readonly queue: readonly Ticket[];
  readonly pool: PoolFigures;
  readonly ledger: AgentLedger;
}

export interface PoolFigures extends PoolTotals {
  readonly wNatHeldWei: bigint;
  readonly fAssetHeldUba: bigint;
  /** Everybody who can hold tokens or debt: the users, their partners, the agent's vault. */
  readonly holders: readonly { readonly holder: string; readonly tokensWei: bigint; readonly feeDebtUba: bigint }[];
}

/** All figures of one block, and those at the start of the play. */
export interface ProtocolSnapshot {
  readonly agents: readonly AgentFigures[];
  /** redemptionQueue, from its head to its end. */
  readonly queue: readonly Ticket[];
  readonly lotSizeUba: bigint;
  readonly supplyUba: bigint;
  readonly managerNativeWei: bigint;
  readonly burnedNativeWei: bigint;
  /** availableFunds of the core vault's manager; 0 where nobody mints directly. */
  readonly coreVaultFundsUba: bigint;
  readonly wNatSupplyWei: bigint;
  readonly wNatBackingWei: bigint;
  /** currentUnderlyingBlock. */
  readonly underlying: UnderlyingClock;
  readonly history: ProtocolHistory;
  readonly atStart: StartFigures;
}

/** The figures of one block alone, wherever the play began and whatever was open then. */
export type ProtocolState = Omit<ProtocolSnapshot, 'history' | 'atStart' | 'agents'> & {
  readonly agents: readonly Omit<AgentFigures, 'ledger'>[];
};

/** What a run shows of the protocol over time. */
export interface ProtocolTotals {
  readonly supplyUba: bigint;
  /** Of all redemption tickets. */
  readonly queueUba: bigint;
  /** Of all agents. */
  readonly mintedUba: bigint;
  readonly reservedUba: bigint;
  readonly redeemingUba: bigint;
}

export function totalsOf({
  agents,
  queue,
  supplyUba,
}: Pick<ProtocolState, 'agents' | 'queue' | 'supplyUba'>): ProtocolTotals {
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  return {
    supplyUba,
    queueUba: sum(queue.map(({ valueUba }) => valueUba)),
    mintedUba: sum(agents.map(({ mintedUba }) => mintedUba)),
    reservedUba: sum(agents.map(({ reservedUba }) => reservedUba)),
    redeemingUba: sum(agents.map(({ redeemingUba }) => redeemingUba)),
  };
}

export interface StartFigures {
  /** Supply that no agent backs (core vault). */
  readonly unbackedUba: bigint;
  readonly coreVaultFundsUba: bigint;
  readonly managerNativeWei: bigint;
  readonly burnedNativeWei: bigint;
  readonly vaultTokenUnits: ReadonlyMap<string, bigint>;
  /** By vault: underlying balance − what the agent's account on the ledger held. */
  readonly underlyingOffsetUba: ReadonlyMap<string, bigint>;
}

interface Violation {
  readonly subject: string;
  readonly expected: bigint | string;
  readonly actual: bigint | string;
  readonly origins?: readonly string[];
}

interface InvariantOf<Snapshot> {
  readonly name: string;
  /** In words, for the report. */
  readonly promise: string;
  check(snapshot: Snapshot): Violation[];
}

export interface Invariant extends InvariantOf<ProtocolSnapshot> {
  /** The same check if it needs only the figures of one block. */
  readonly ofState?: InvariantOf<ProtocolState>;
}

const LEAST_LEFT_WEI = 10n ** 18n;

/** One invariant that must hold for every agent alone. */
function ofEachAgent<Snapshot extends { readonly agents: readonly unknown[] } = ProtocolSnapshot>(
  name: string,
  promise: string,
  check: (agent: Snapshot['agents'][number], snapshot: Snapshot) => Violation | undefined,
): InvariantOf<Snapshot> {
  return {
    name,
    promise,
    check: (snapshot) => snapshot.agents.flatMap((agent) => check(agent, snapshot) ?? []),
  };
}

/** An invariant that can be checked anywhere, even where the play was not watched from a clean start. */
const ofState = (invariant: InvariantOf<ProtocolState>): Invariant => ({ ...invariant, ofState: invariant });

const equal = (subject: string, expected: bigint, actual: bigint): Violation | undefined =>
  expected === actual ? undefined : { subject, expected, actual };
const holds = (subject: string, isSo: boolean, expected: string, actual: bigint | string): Violation | undefined =>
  isSo ? undefined : { subject, expected, actual };
const sum = <T>(items: Iterable<T>, amountOf: (item: T) => bigint): bigint =>
  [...items].reduce((total, item) => total + amountOf(item), 0n);
const queueText = (tickets: readonly Ticket[]): string =>
  tickets.map(({ id, valueUba }) => `${id}: ${valueUba}`).join(', ');

const clockText = ({ block, timestampS, updatedAtS }: UnderlyingClock): string =>
  `ledger ${block} of ${timestampS}, told at ${updatedAtS}`;

export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'supply is backed',
    promise: 'FAsset supply = what all agents have minted + what the core vault backs',
    check: ({ agents, supplyUba, atStart, history }) => {
      const byCoreVaultUba = atStart.unbackedUba + history.mintedDirectlyUba;
      return optional(equal('FAsset supply', sum(agents, (agent) => agent.mintedUba) + byCoreVaultUba, supplyUba));
    },
  },
  {
    name: 'the core vault books what it got',
    promise: 'available funds of the core vault = what it had + all payments that were minted for',
    check: ({ coreVaultFundsUba, atStart, history }) =>
      optional(
        equal('funds of the core vault', atStart.coreVaultFundsUba + history.mintedDirectlyUba, coreVaultFundsUba),
      ),
  },
  ofState(
    ofEachAgent<ProtocolState>(
      'tickets and dust are the minted amount',
      "an agent's tickets + dust = its minted amount",
      (agent) =>
        equal(
          `minted by ${agent.vault}`,
          sum(agent.queue, (ticket) => ticket.valueUba) + agent.dustUba,
          agent.mintedUba,
        ),
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>('dust is less than a lot', 'dust < lot size', (agent, { lotSizeUba }) =>
      holds(`dust of ${agent.vault}`, agent.dustUba < lotSizeUba, `less than ${lotSizeUba}`, agent.dustUba),
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>(
      'tickets are whole lots',
      'every ticket is a multiple of the lot size',
      (agent, { lotSizeUba }) => {
        const odd = agent.queue.find((ticket) => ticket.valueUba % lotSizeUba !== 0n || ticket.valueUba === 0n);
        return holds(`tickets of ${agent.vault}`, odd === undefined, 'whole lots', odd?.valueUba ?? 0n);
      },
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>(
      'the queues agree',
      "an agent's queue is its part of the common queue, in the same order",
      (agent, { queue }) => {
        const common = queueText(queue.filter((ticket) => ticket.agentVault === agent.vault));
        const own = queueText(agent.queue);
        return holds(`queue of ${agent.vault}`, own === common, common, own);
      },
    ),
  ),
  ofEachAgent(
    'reserved is what is reserved',
    'reserved = value and pool fee of open reservations',
    (agent, { history }) =>
      equal(
        `reserved by ${agent.vault}`,
        sum(ofVault(history.reservations, agent.vault), ({ valueUba, poolFeeUba }) => valueUba + poolFeeUba),
        agent.reservedUba,
      ),
  ),
  ofEachAgent('redeeming is what is requested', 'redeeming = value of open requests', (agent, { history }) =>
    equal(
      `redeeming by ${agent.vault}`,
      sum(ofVault(history.requests, agent.vault), ({ valueUba }) => valueUba),
      agent.redeemingUba,
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>('the pool redeems no more', 'redeeming for the pool ≤ redeeming', (agent) =>
      holds(
        `redeeming for the pool of ${agent.vault}`,
        agent.poolRedeemingUba <= agent.redeemingUba,
        `at most ${agent.redeemingUba}`,
        agent.poolRedeemingUba,
      ),
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>('required underlying', 'required underlying = minted + redeeming', (agent) =>
      equal(`required underlying of ${agent.vault}`, agent.mintedUba + agent.redeemingUba, agent.requiredUnderlyingUba),
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>(
      'free underlying',
      'free underlying = balance − required, and ≥ 0 while the agent is normal',
      (agent) => {
        const free = agent.underlyingBalanceUba - agent.requiredUnderlyingUba;
        const wrong = equal(`free underlying of ${agent.vault}`, free, agent.freeUnderlyingUba);
        return wrong ?? holds(`free underlying of ${agent.vault}`, !agent.isNormal || free >= 0n, 'not negative', free);
      },
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>(
      'a pool has what it counts',
      'WNat held ≥ total collateral and FAssets held ≥ total fees',
      ({ vault, pool }) => {
        const short = pool.wNatHeldWei < pool.collateralWei;
        return (
          holds(`WNat held by the pool of ${vault}`, !short, `at least ${pool.collateralWei}`, pool.wNatHeldWei) ??
          holds(
            `FAssets held by the pool of ${vault}`,
            pool.fAssetHeldUba >= pool.feesUba,
            `at least ${pool.feesUba}`,
            pool.fAssetHeldUba,
          )
        );
      },
    ),
  ),
  ofEachAgent(
    'fees cover all claims',
    'fees + debt ≥ 0 and the signed claims of all holders ≤ fees',
    ({ vault, pool }) => {
      const virtual = virtualFeesUba(pool);
      const claims = sum(pool.holders, (holder) => virtualShareUba(pool, holder.tokensWei) - holder.feeDebtUba);
      return (
        holds(`virtual fees of the pool of ${vault}`, virtual >= 0n, 'not negative', virtual) ??
        holds(`fee claims on the pool of ${vault}`, claims <= pool.feesUba, `at most ${pool.feesUba}`, claims)
      );
    },
  ),
  ofEachAgent('pool tokens add up', "supply = all holders' tokens", ({ vault, pool }) =>
    equal(
      `token supply of the pool of ${vault}`,
      sum(pool.holders, ({ tokensWei }) => tokensWei),
      pool.tokensWei,
    ),
  ),
  ofEachAgent('fee debts add up', "total fee debt = all holders' debts", ({ vault, pool }) =>
    equal(
      `total fee debt of the pool of ${vault}`,
      sum(pool.holders, ({ feeDebtUba }) => feeDebtUba),
      pool.feeDebtUba,
    ),
  ),
  ofState(
    ofEachAgent<ProtocolState>(
      'a pool is empty or has a whole unit',
      'supply and collateral are 0 or at least one unit',
      ({ vault, pool }) => {
        const least = [pool.tokensWei, pool.collateralWei].find((amount) => amount !== 0n && amount < LEAST_LEFT_WEI);
        return holds(`pool of ${vault}`, least === undefined, `0 or at least ${LEAST_LEFT_WEI}`, least ?? 0n);
      },
    ),
  ),
  {
    name: 'the manager holds the open fees',
    promise: "the asset manager's native balance = what it had + the fees of open reservations and of executors",
    check: ({ history, managerNativeWei, atStart }) => [
      ...optional(
        equal(
          "asset manager's native balance",
          atStart.managerNativeWei +
            history.keptWei +
            sum(history.reservations.values(), (open) => open.reservationFeeWei + (open.executor?.feeWei ?? 0n)) +
            sum(history.requests.values(), (open) => open.executor?.feeWei ?? 0n),
          managerNativeWei,
        ),
      ),
    ],
  },
  {
    name: 'nothing is burned',
    promise: 'the burn address gets just the fees of executors who left the act to others',
    check: ({ history, burnedNativeWei, atStart }) => [
      ...optional(
        equal('native balance of the burn address', atStart.burnedNativeWei + history.burnedWei, burnedNativeWei),
      ),
    ],
  },
  ofState({
    name: 'wrapped native is backed',
    promise: 'WNat supply = native balance of WNat',
    check: ({ wNatSupplyWei, wNatBackingWei }) => [...optional(equal('WNat supply', wNatBackingWei, wNatSupplyWei))],
  }),
  ofEachAgent(
    'a vault pays only for defaults',
    'vault collateral = what it was − paid defaults',
    (agent, { history, atStart }) =>
      equal(
        `vault collateral of ${agent.vault}`,
        (atStart.vaultTokenUnits.get(agent.vault) ?? 0n) - (history.paidByVaultUnits.get(agent.vault) ?? 0n),
        agent.vaultTokenUnits,
      ),
  ),
  {
    name: 'pools get their part of redemption fees',
    promise: "when a request is paid, the pool's part of its fee is minted at once",
    check: ({ history }) =>
      [...history.owedPoolFees].map(([id, { poolFeeUba, openedBy }]) => ({
        subject: `pool fee of redemption ${id}`,
        expected: `${poolFeeUba} minted`,
        actual: 'nothing minted',
        origins: [openedBy],
      })),
  },
  {
    name: 'the queue is as it was built',
    promise:
      "each minting is put on the queue's last ticket if that is the agent's own, else behind it; less than a lot is dust",
    check: ({ agents, queue, history }) => {
      const [expected, actual] = [valuesText(history.queue.tickets), valuesText(queue)];
      return [
        ...optional(holds('redemption queue', expected === actual, expected, actual)),
        ...agents.flatMap(({ vault, dustUba }) =>
          optional(equal(`dust of ${vault}`, history.queue.dustUba.get(vault) ?? 0n, dustUba)),
        ),
      ];
    },
  },
  {
    name: 'events tell the right figures',
    promise: 'what an event says of a reservation, a request or a payment is what was agreed and paid',
    check: ({ agents, history }) => [
      ...history.misreported,
      ...agents.flatMap(({ ledger }) =>
        ledger.payments.flatMap((payment) => {
          const told = history.toldSpentUba.get(payment.hash);
          return told === undefined ? [] : optional(equal(`spent by ${payment.hash}`, spentDrops(payment), told));
        }),
      ),
    ],
  },
  {
    name: 'events can be followed',
    promise: "what events told last of tickets, fee debts and the ledger's block is what there is",
    check: ({ agents, queue, history, underlying }) => {
      const { followed } = history;
      const clock = optional(
        holds(
          "the ledger's block as it was told last",
          clockText(history.underlying) === clockText(underlying),
          clockText(underlying),
          clockText(history.underlying),
        ),
      );
      if (followed === undefined) return clock;
      const [expected, actual] = [queueText(queue), queueText(followed.tickets)];
      const debts = agents.flatMap(({ vault, pool }) =>
        pool.holders.flatMap(({ holder, feeDebtUba }) => {
          const told = followed.feeDebtsUba.get(debtKey(vault, holder));
          const wrong = equal(`fee debt of ${holder} as CPFeeDebtChanged told it`, feeDebtUba, told?.debtUba ?? 0n);
          return wrong === undefined ? [] : [{ ...wrong, ...(told?.toldBy && { origins: [told.toldBy] }) }];
        }),
      );
      return [
        ...clock,
        ...optional(holds('tickets as they were told', expected === actual, expected, actual)),
        ...debts,
      ];
    },
  },
  ofEachAgent(
    'underlying balance is what the ledger holds',
    "underlying balance = the agent's account on the ledger, but for payments that were not proven yet",
    ({ vault, ledger, underlyingBalanceUba }, { history, atStart }) =>
      equal(
        `underlying balance of ${vault}`,
        bookedBalanceUba(ledger, history.booked, atStart.underlyingOffsetUba.get(vault) ?? 0n),
        underlyingBalanceUba,
      ),
  ),
  {
    name: 'life cycles are regular',
    promise: 'ids rise, payment windows are as long as they must be, what ends was open and ends once',
    check: ({ history }) =>
      history.irregular.map((text) => ({ subject: 'life cycle', expected: 'regular', actual: text })),
  },
];

/** Every violation at this block, as figures that differ. */
export const checkInvariants = (snapshot: ProtocolSnapshot): Mismatch[] =>
  INVARIANTS.flatMap((invariant) => violations(invariant, snapshot));

/** The same for figures with an unknown past: only what holds of them alone. */
export const checkState = (state: ProtocolState): Mismatch[] =>
  INVARIANTS.flatMap((invariant) => (invariant.ofState === undefined ? [] : violations(invariant.ofState, state)));

const violations = <Snapshot>(invariant: InvariantOf<Snapshot>, snapshot: Snapshot): Mismatch[] =>
  invariant.check(snapshot).map(({ subject, expected, actual, origins }) => ({
    kind: `invariant: ${invariant.name}`,
    subject,
    expected: String(expected),
    actual: String(actual),
    ...(typeof expected === 'bigint' && typeof actual === 'bigint' ? { difference: actual - expected } : {}),
    ...(origins === undefined ? {} : { origins }),
  }));

const optional = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
const ofVault = <T extends { readonly vault: string }>(open: ReadonlyMap<bigint, T>, vault: string): T[] =>
  [...open.values()].filter((item) => item.vault === vault);
