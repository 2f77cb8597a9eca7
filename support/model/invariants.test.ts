/** Each invariant passes on a healthy snapshot and fails when its own figure is off. */
import { describe, expect, it } from 'vitest';
import { mintingReference, redemptionReference } from './background.ts';
import type { AgentDefaultTerms } from './redemption-default.ts';
import { type Followed, type FollowedEvent, debtKey } from './followed.ts';
import { type AgentFigures, INVARIANTS, type ProtocolSnapshot, checkInvariants, checkState } from './invariants.ts';
import {
  type HistoryTerms,
  type Opened,
  type Meaning,
  type ProtocolEvent,
  type ProtocolHistory,
  type ReservationFee,
  type Told,
  continueHistory,
  emptyHistory,
} from './protocol-history.ts';

const UNIT = 10n ** 18n;
const BOOKED = 'underlying balance is what the ledger holds';
const VAULT = '0xa';
const OTHER = '0xb';

const terms: HistoryTerms = {
  granularityUba: 1n,
  queue: { lotSizeUba: 10n, redemptionFeeBips: 1_000n },
  window: { blocksForPayment: 100n, secondsForPayment: 200n, averageBlockTimeMs: 2_000n },
  extensionS: 30n,
};
/** At second 1040, 40 seconds after the ledger was last told to be at block 10 and second 1000. */
const opened = (id: bigint, valueUba: bigint, feeUBA: bigint, extensionS = 0n): Opened => ({
  id,
  vault: VAULT,
  valueUba,
  told: { feeUBA },
  atS: 1_040n,
  window: {
    firstBlock: 10n,
    lastBlock: 110n + (40n + extensionS) / 2n,
    lastTimestampS: 1_240n + extensionS,
  },
});
/** Each in a transaction that is named after it. */
const played = (meanings: readonly Meaning[]): ProtocolEvent[] =>
  meanings.map((meaning) => ({ ...meaning, transaction: `${meaning.kind} ${'id' in meaning ? meaning.id : ''}` }));
const requested = (request: Opened): Meaning => ({ kind: 'requested', ...request });
const ended = (id: bigint, how: string, valueUba: bigint): Meaning => ({
  kind: 'redemption ended',
  id,
  how,
  told: { redemptionAmountUBA: valueUba },
});
/** Of 20 that 10 are worth, the vault has 11; for the 4 that it does not cover the pool owes 2. */
const DEFAULT_TERMS: AgentDefaultTerms = {
  granularityUba: 1n,
  vaultTokenPrice: 2_000_000_000n,
  nativePrice: 500_000_000n,
  factorVaultBips: 10_000n,
  vaultCollateralUnits: 11n,
  poolCollateralWei: 1_000n,
  mintedUba: 0n,
  reservedUba: 0n,
  redeemingUba: 10n,
  poolRedeemingUba: 10n,
  poolPartRoundsUp: false,
};
/** Of 10: it had to pay 11 from the vault and 2 from the pool. */
const defaulted = (id: bigint, valueUba: bigint, toldUnits = 11n, toldWei = 2n): Meaning => ({
  kind: 'redemption ended',
  id,
  how: 'RedemptionDefault',
  told: {
    redemptionAmountUBA: valueUba,
    redeemedVaultCollateralWei: toldUnits,
    redeemedPoolCollateralWei: toldWei,
  },
  terms: DEFAULT_TERMS,
});
/** The core vault gets 4, of which 2 are for the recipient. */
const mintedDirectly = (receivedUba: bigint | undefined): Meaning => ({
  kind: 'minted directly',
  event: 'DirectMintingExecuted',
  told: { mintedAmountUBA: 2n, mintingFeeUBA: 1n, executorFeeUBA: 1n },
  receivedUba,
});
const reserved = (feeWei: bigint, request: Opened, viewed: Partial<ReservationFee> = {}): Meaning => ({
  kind: 'reserved',
  viewed: { feeWei, executorFeeWei: 0n, feeUba: BigInt(request.told['feeUBA'] ?? 0n), shareBips: 5_000n, ...viewed },
  ...request,
});

/**
 * 8 lots of 10 minted in two tickets, 3 of dust. A lot is minted with a fee of 2 (half of it for the pool) and paid by its
 * minter, 2 lots are reserved; 2 lots are paid to a redeemer with a fee of 2 (half of it for the pool), a lot is defaulted, a
 * lot is redeeming; a pool of two holders with fees.
 */
const history: ProtocolHistory = continueHistory(
  emptyHistory({
    underlying: { block: 10n, timestampS: 1_000n, updatedAtS: 1_000n },
    agents: new Map([[VAULT, { feeBIPS: 2_000n, poolFeeShareBIPS: 5_000n, redemptionPoolFeeShareBIPS: 5_000n }]]),
    queue: {
      tickets: [
        { agentVault: VAULT, valueUba: 50n },
        { agentVault: OTHER, valueUba: 10n },
        { agentVault: VAULT, valueUba: 30n },
      ],
      dustUba: new Map([[VAULT, 1n]]),
    },
  }),
  played([
    reserved(3n, opened(3n, 10n, 2n)),
    {
      kind: 'minting ended',
      id: 3n,
      how: 'MintingExecuted',
      told: { mintedAmountUBA: 10n, poolFeeUBA: 1n, agentFeeUBA: 1n },
    },
    reserved(7n, opened(5n, 20n, 4n)),
    requested(opened(2n, 10n, 1n)),
    requested(opened(4n, 10n, 1n, 30n)),
    requested(opened(6n, 20n, 2n, 60n)),
    defaulted(4n, 10n),
    ended(6n, 'RedemptionPerformed', 20n),
    { kind: 'payment booked', hash: '0xb', spentUba: 19n },
    mintedDirectly(4n),
    { kind: 'pool fee minted', id: 6n, told: { poolFeeUBA: 1n } },
  ]),
  terms,
);
const after = (...meanings: Meaning[]): ProtocolHistory => continueHistory(history, played(meanings), terms);

const tickets = [
  { id: 1n, agentVault: VAULT, valueUba: 10n },
  { id: 3n, agentVault: VAULT, valueUba: 40n },
];
const queue = [tickets[0], { id: 2n, agentVault: OTHER, valueUba: 10n }, tickets[1]].flatMap((one) => one ?? []);

const agent: AgentFigures = {
  vault: VAULT,
  isNormal: true,
  mintedUba: 53n,
  reservedUba: 22n,
  redeemingUba: 10n,
  poolRedeemingUba: 10n,
  dustUba: 3n,
  underlyingBalanceUba: 73n,
  requiredUnderlyingUba: 63n,
  freeUnderlyingUba: 10n,
  vaultTokenUnits: 89n,
  queue: tickets,
  pool: {
    collateralWei: 4n * UNIT,
    tokensWei: 4n * UNIT,
    feesUba: 3n,
    feeDebtUba: 2n,
    wNatHeldWei: 4n * UNIT,
    fAssetHeldUba: 3n,
    holders: [
      { holder: '0xd', tokensWei: 3n * UNIT, feeDebtUba: 1n },
      { holder: '0xe', tokensWei: UNIT, feeDebtUba: 1n },
    ],
  },
  ledger: {
    balanceDrops: 1_073n,
    payments: [
      { hash: '0xa', reference: mintingReference(3n), isIncoming: true, deliveredDrops: 12n, feeDrops: 1n },
      { hash: '0xb', reference: redemptionReference(6n), isIncoming: false, deliveredDrops: 18n, feeDrops: 1n },
    ],
  },
};

const healthy: ProtocolSnapshot = {
  agents: [agent],
  queue,
  lotSizeUba: 10n,
  supplyUba: 64n,
  managerNativeWei: 107n,
  burnedNativeWei: 5n,
  coreVaultFundsUba: 24n,
  wNatSupplyWei: 9n,
  wNatBackingWei: 9n,
  underlying: history.underlying,
  history,
  atStart: {
    unbackedUba: 7n,
    coreVaultFundsUba: 20n,
    managerNativeWei: 100n,
    burnedNativeWei: 5n,
    vaultTokenUnits: new Map([[VAULT, 100n]]),
    underlyingOffsetUba: new Map([[VAULT, -1_000n]]),
  },
};

const withAgent = (change: Partial<AgentFigures>): ProtocolSnapshot => ({
  ...healthy,
  agents: [{ ...agent, ...change }],
});
const withPool = (change: Partial<AgentFigures['pool']>): ProtocolSnapshot =>
  withAgent({ pool: { ...agent.pool, ...change } });

/** The same agent's own queue, common queue and replayed queue with other tickets. */
function withTickets(values: readonly [bigint, bigint], change: Partial<AgentFigures> = {}): ProtocolSnapshot {
  const valued = queue.map((ticket) => ({
    ...ticket,
    valueUba: ticket.agentVault === OTHER ? ticket.valueUba : (values[ticket.id === 1n ? 0 : 1] ?? 0n),
  }));
  return {
    ...withAgent({ ...change, queue: valued.filter(({ agentVault }) => agentVault === VAULT) }),
    queue: valued,
    history: {
      ...history,
      queue: { tickets: valued, dustUba: new Map([[VAULT, change.dustUba ?? agent.dustUba]]) },
    },
  };
}
const NOTHING_REDEEMING = {
  redeemingUba: 0n,
  poolRedeemingUba: 0n,
  requiredUnderlyingUba: 53n,
  freeUnderlyingUba: 20n,
};
const withHistory = (change: ProtocolHistory): ProtocolSnapshot => ({ ...healthy, history: change });

/** Watched from the queue as it is, with dust 3 and the debts of both holders. */
const followed: Followed = {
  tickets: queue,
  dustUba: new Map([[VAULT, 3n]]),
  feeDebtsUba: new Map(['0xd', '0xe'].map((holder) => [debtKey(VAULT, holder), { debtUba: 1n, toldBy: undefined }])),
};
/** After a lot redeemed: the agent's first ticket is gone, or what the events tell instead. */
const redeemedALot = (...events: readonly FollowedEvent[]): ProtocolHistory =>
  continueHistory(
    { ...history, followed },
    [requested(opened(8n, 10n, 1n, 90n)), ...events.map((event): Meaning => ({ kind: 'told', event }))].map(
      (meaning) => ({ ...meaning, transaction: '0x8' }),
    ),
    terms,
  );
const told = (...events: readonly FollowedEvent[]): ProtocolHistory =>
  continueHistory({ ...history, followed }, played(events.map((event): Meaning => ({ kind: 'told', event }))), terms);
const mistold = (mistaken: ProtocolHistory) => mistaken.misreported.map(({ subject }) => subject);

describe('what events tell of the queue', () => {
  const deleted = (id: bigint, agentVault = VAULT): FollowedEvent => ({
    name: 'RedemptionTicketDeleted',
    ticket: { id, agentVault },
  });
  const valued = (name: 'RedemptionTicketCreated' | 'RedemptionTicketUpdated', id: bigint, valueUba: bigint) =>
    ({ name, ticket: { id, agentVault: VAULT, valueUba } }) as const;

  it('is right when it comes to the same as the act', () => {
    const right = redeemedALot(deleted(1n));
    expect(mistold(right)).toEqual([]);
    expect(right.followed?.tickets.map(({ id }) => id)).toEqual([2n, 3n]);
  });

  it.for<[string, FollowedEvent[]]>([
    ['nothing', []],
    ['another ticket', [deleted(3n)]],
    ["another agent's", [deleted(1n, OTHER)]],
    ['a smaller ticket instead of none', [valued('RedemptionTicketUpdated', 1n, 1n)]],
    ['a ticket that there is not', [deleted(1n), valued('RedemptionTicketUpdated', 9n, 10n)]],
    ['a new ticket', [deleted(1n), valued('RedemptionTicketCreated', 9n, 10n)]],
    ['dust that there is not', [deleted(1n), { name: 'DustChanged', vault: VAULT, dustUba: 4n }]],
  ])('is wrong when it is %s', ([, events]) => {
    expect(mistold(redeemedALot(...events))).toEqual(['redemption queue as the events of 0x8 tell it']);
  });
});

/** One figure off, and the invariants that must fail. */
const broken: readonly [string, ProtocolSnapshot, ...string[]][] = [
  ['a base unit too much in circulation', { ...healthy, supplyUba: 65n }, 'supply is backed'],
  ['a ticket that lost a lot', withTickets([10n, 30n]), 'tickets and dust are the minted amount'],
  ['a whole lot of dust', withTickets([10n, 30n], { dustUba: 13n }), 'dust is less than a lot'],
  ['a ticket of a lot and a half', withTickets([10n, 35n], { dustUba: 8n }), 'tickets are whole lots'],
  ["an agent's queue in another order", withAgent({ queue: tickets.toReversed() }), 'the queues agree'],
  ['a reservation that was not released', withAgent({ reservedUba: 44n }), 'reserved is what is reserved'],
  [
    'a request that was not released',
    withAgent({ redeemingUba: 20n, requiredUnderlyingUba: 73n, freeUnderlyingUba: 0n }),
    'redeeming is what is requested',
  ],
  ['the pool redeems more', withAgent({ poolRedeemingUba: 11n }), 'the pool redeems no more'],
  [
    'required leaves out redeeming',
    withAgent({ requiredUnderlyingUba: 53n, freeUnderlyingUba: 20n }),
    'required underlying',
  ],
  ['free is not the rest', withAgent({ freeUnderlyingUba: 8n }), 'free underlying'],
  [
    'free is negative',
    withAgent({
      underlyingBalanceUba: 60n,
      freeUnderlyingUba: -3n,
      ledger: { ...agent.ledger, balanceDrops: 1_060n },
    }),
    'free underlying',
  ],
  ['a payment that was not booked', withAgent({ underlyingBalanceUba: 92n, freeUnderlyingUba: 29n }), BOOKED],
  ['a fee that the ledger took twice', withAgent({ ledger: { ...agent.ledger, balanceDrops: 1_072n } }), BOOKED],
  [
    'an event that tells less than was spent',
    withHistory(after({ kind: 'payment booked', hash: '0xb', spentUba: 18n })),
    'events tell the right figures',
  ],
  [
    'a ticket that was not merged',
    {
      ...healthy,
      history: { ...history, queue: { ...history.queue, tickets: [...history.queue.tickets, ...tickets] } },
    },
    'the queue is as it was built',
  ],
  [
    'dust of nowhere',
    withHistory({ ...history, queue: { ...history.queue, dustUba: new Map([[VAULT, 2n]]) } }),
    'the queue is as it was built',
  ],
  ['less WNat than counted', withPool({ wNatHeldWei: 4n * UNIT - 1n }), 'a pool has what it counts'],
  ['less FAssets than counted', withPool({ fAssetHeldUba: 2n }), 'a pool has what it counts'],
  ['tokens nobody holds', withPool({ tokensWei: 4n * UNIT + 1n }), 'pool tokens add up'],
  ['debt nobody has', withPool({ feeDebtUba: 1n }), 'fee debts add up'],
  [
    'claims of more than there is',
    withPool({
      feeDebtUba: -2n,
      holders: [
        { holder: '0xd', tokensWei: 3n * UNIT, feeDebtUba: -4n },
        { holder: '0xe', tokensWei: UNIT, feeDebtUba: 2n },
      ],
      feesUba: 1n,
    }),
    'fees cover all claims',
  ],
  [
    'a pool of half a unit',
    withPool({ collateralWei: UNIT / 2n, wNatHeldWei: UNIT }),
    'a pool is empty or has a whole unit',
  ],
  ['a reservation fee that is not there', { ...healthy, managerNativeWei: 106n }, 'the manager holds the open fees'],
  [
    'a payment that the core vault does not book',
    { ...healthy, coreVaultFundsUba: 20n },
    'the core vault books what it got',
  ],
  [
    'a direct minting of which less is told than was paid',
    { ...healthy, supplyUba: 69n, coreVaultFundsUba: 29n, history: after(mintedDirectly(5n)) },
    'events tell the right figures',
  ],
  [
    'the fee of an executor who has left the act to the minter, not burned',
    withHistory({ ...history, burnedWei: 1n }),
    'nothing is burned',
  ],
  ["an executor's fee that is not held", withHistory({ ...history, keptWei: 1n }), 'the manager holds the open fees'],
  ['something burned', { ...healthy, burnedNativeWei: 6n }, 'nothing is burned'],
  ['WNat without backing', { ...healthy, wNatSupplyWei: 10n }, 'wrapped native is backed'],
  ['a vault that paid for nothing', withAgent({ vaultTokenUnits: 88n }), 'a vault pays only for defaults'],
  [
    'a payment without the part of its fee for the pool',
    {
      ...withAgent(NOTHING_REDEEMING),
      history: continueHistory(
        {
          ...history,
          requests: new Map([
            [
              2n,
              {
                vault: VAULT,
                valueUba: 10n,
                poolFeeUba: 1n,
                parties: {},
                executor: undefined,
                openedBy: 'requested 2',
              },
            ],
          ]),
        },
        played([ended(2n, 'RedemptionPerformed', 10n)]),
        terms,
      ),
    },
    'pools get their part of redemption fees',
  ],
  [
    'a pool fee that nobody owes',
    withHistory(after({ kind: 'pool fee minted', id: 6n, told: { poolFeeUBA: 1n } })),
    'events tell the right figures',
  ],
  [
    'a net value told of a default',
    {
      ...withAgent(NOTHING_REDEEMING),
      history: after(ended(2n, 'RedemptionDefault', 9n)),
    },
    'events tell the right figures',
  ],
  [
    'a default of which more is told than it paid',
    { ...withAgent({ ...NOTHING_REDEEMING, vaultTokenUnits: 78n }), history: after(defaulted(2n, 10n, 11n, 3n)) },
    'events tell the right figures',
  ],
  [
    'a default that pays too much and tells so',
    { ...withAgent({ ...NOTHING_REDEEMING, vaultTokenUnits: 77n }), history: after(defaulted(2n, 10n, 12n)) },
    'a vault pays only for defaults',
    'events tell the right figures',
  ],
  [
    "a view that tells another share for the pool than the agent's",
    withHistory(after(reserved(0n, opened(8n, 0n, 0n), { shareBips: 5_001n }))),
    'events tell the right figures',
  ],
  [
    "a ticket that is told under another's id",
    withHistory({ ...history, followed: { ...followed, tickets: queue.map((one) => ({ ...one, id: one.id + 1n })) } }),
    'events can be followed',
  ],
  [
    'a fee debt that is told one higher',
    withHistory(told({ name: 'CPFeeDebtChanged', vault: VAULT, holder: '0xd', debtUba: 2n })),
    'events can be followed',
  ],
  [
    'a fee debt of which nothing is told',
    withHistory({ ...history, followed: { ...followed, feeDebtsUba: new Map() } }),
    'events can be followed',
  ],
  [
    'a ledger that is told to be a block further',
    { ...healthy, underlying: { ...history.underlying, block: 9n } },
    'events can be followed',
  ],
  [
    'a redemption that ends twice',
    withHistory(after(ended(4n, 'RedemptionPerformed', 10n))),
    'life cycles are regular',
  ],
  [
    'a payment window of one second too much',
    withHistory({ ...after(requested(opened(8n, 0n, 0n, 91n))), queue: history.queue }),
    'life cycles are regular',
  ],
  [
    'an id that does not rise',
    withHistory({ ...after(requested(opened(3n, 0n, 0n, 90n))), queue: history.queue }),
    'life cycles are regular',
  ],
];

describe('invariants', () => {
  it('all hold on a healthy protocol', () => {
    expect(checkInvariants(healthy)).toEqual([]);
  });

  it.for(broken)('%s', ([, snapshot, ...names]) => {
    const kinds = new Set(checkInvariants(snapshot).map(({ kind }) => kind));
    expect([...kinds]).toEqual(names.map((name) => `invariant: ${name}`));
  });

  it('each has an example that breaks it', () => {
    const shown = new Set(broken.flatMap(([, , ...names]) => names));
    expect(INVARIANTS.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('without a watched beginning, those of one block are found all the same, and nothing else is', () => {
    const anywhere = new Set(INVARIANTS.filter(({ ofState }) => ofState !== undefined).map(({ name }) => name));
    expect(anywhere.size).toBeGreaterThan(9);
    for (const [, { history: _history, atStart: _atStart, ...state }, ...names] of broken) {
      const kinds = new Set(checkState(state).map(({ kind }) => kind));
      expect([...kinds]).toEqual(names.filter((name) => anywhere.has(name)).map((name) => `invariant: ${name}`));
    }
  });

  it('says by how much', () => {
    expect(checkInvariants({ ...healthy, supplyUba: 65n })).toEqual([
      {
        kind: 'invariant: supply is backed',
        subject: 'FAsset supply',
        expected: '64',
        actual: '65',
        difference: 1n,
      },
    ]);
  });
});

it('a wrong figure of an event is traced to the transaction that told it, and to the one that opened what it is about', () => {
  const told = { ...withAgent(NOTHING_REDEEMING), history: after(ended(2n, 'RedemptionDefault', 9n)) };
  expect(checkInvariants(told).map(({ origins }) => origins)).toContainEqual(['redemption ended 2', 'requested 2']);
});

it('what a default had to pay is of the request, whatever amount its event tells', () => {
  const { misreported } = after(defaulted(2n, 9n));
  const wrong = misreported.filter(({ subject }) => subject.includes('RedemptionDefault 2'));
  expect(wrong.map(({ subject }) => subject)).toEqual(['RedemptionDefault 2 redemptionAmountUBA']);
});

describe('the parties of a record', () => {
  const PARTIES = { agentVault: VAULT, minter: '0x1', redeemer: '0x2' };
  const naming = (request: Opened): Opened => ({ ...request, told: { ...request.told, ...PARTIES } });
  const wrongAfter = (open: Meaning, end: Meaning) => after(open, end).misreported.map(({ subject }) => subject);
  const reservation = reserved(3n, naming(opened(9n, 10n, 2n)));
  const request = requested(naming(opened(10n, 10n, 1n, 30n)));
  const endOfMinting = (how: string, told: Told): Meaning => ({
    kind: 'minting ended',
    id: 9n,
    how,
    told: { mintedAmountUBA: 10n, poolFeeUBA: 1n, reservedAmountUBA: 11n, ...told },
  });

  it.each<[string, Meaning, Meaning, string[]]>([
    ['the same', reservation, endOfMinting('MintingPaymentDefault', PARTIES), []],
    [
      'another minter',
      reservation,
      endOfMinting('MintingPaymentDefault', { ...PARTIES, minter: '0x3' }),
      ['MintingPaymentDefault 9 minter'],
    ],
    [
      'another agent',
      reservation,
      endOfMinting('MintingExecuted', { agentVault: OTHER }),
      ['MintingExecuted 9 agentVault'],
    ],
    [
      'another redeemer',
      request,
      {
        kind: 'redemption ended',
        id: 10n,
        how: 'RedemptionPerformed',
        told: { ...PARTIES, redeemer: '0x3', redemptionAmountUBA: 10n },
      },
      ['RedemptionPerformed 10 redeemer'],
    ],
  ])('must be those of its opening: %s', (_name, open, end, wrong) => expect(wrongAfter(open, end)).toEqual(wrong));
});

describe('what is held for an executor', () => {
  const GWEI = 10n ** 9n;
  const named = (sentWei: bigint, index = 0, of = 1) => ({ executor: { address: '0xe1', sentWei, index, of } });
  const figures = ({ keptWei, burnedWei }: ProtocolHistory) => ({ keptWei, burnedWei });
  const entrusting: Meaning = { ...reserved(3n, opened(9n, 10n, 2n)), ...named(3n + GWEI + 5n) };
  const executed = (caller: string): Meaning => ({
    kind: 'minting ended',
    id: 9n,
    how: 'MintingExecuted',
    told: { mintedAmountUBA: 10n, poolFeeUBA: 1n, agentFeeUBA: 1n },
    caller,
  });

  it.each([
    ['open', [], 0n],
    ['executed by the executor', [executed('0xe1')], 0n],
    ['executed by the minter', [executed('0xe2')], GWEI],
    ['of a minting that was not paid', [{ ...executed('0xe2'), how: 'MintingPaymentDefault' }], 0n],
  ] as const)('%s', (_name, ends, burnedWei) =>
    expect(figures(after(entrusting, ...ends))).toEqual({ keptWei: 5n, burnedWei }),
  );

  const requests: Meaning[] = [0, 1].map((index) => ({
    ...requested(opened(index === 0 ? 10n : 12n, 10n, 1n, 90n)),
    ...named(3n * GWEI + 7n, index, 2),
  }));
  it.each([
    ['the first defaulted by its executor', { ...defaulted(10n, 10n), caller: '0xe1' }, 0n],
    ['the first defaulted by its redeemer', { ...defaulted(10n, 10n), caller: '0xe2' }, GWEI],
    ['the second paid', { ...ended(12n, 'RedemptionPerformed', 10n), caller: '0xe1' }, 2n * GWEI],
  ] as const)('of two requests, %s', (_name, end, burnedWei) =>
    expect(figures(after(...requests, end))).toEqual({ keptWei: 7n, burnedWei }),
  );
});
