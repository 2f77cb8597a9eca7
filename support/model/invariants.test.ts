/** Each invariant passes on a healthy snapshot and is the one that speaks up when its own figure is off. */
import { describe, expect, it } from 'vitest';
import { type AgentFigures, INVARIANTS, type ProtocolSnapshot, checkInvariants } from './invariants.ts';
import {
  type HistoryTerms,
  type Opening,
  type ProtocolHistory,
  continueHistory,
  emptyHistory,
} from './protocol-history.ts';

const UNIT = 10n ** 18n;
const VAULT = '0xa';

const terms: HistoryTerms = {
  granularityUba: 1n,
  window: { blocksForPayment: 100n, secondsForPayment: 200n, averageBlockTimeMs: 2_000n },
  extensionS: 30n,
};
/** At second 1040, 40 seconds after the ledger was last told to be at block 10 and second 1000. */
const opened = (extensionS = 0n): Opening => ({
  atS: 1_040n,
  window: {
    firstBlock: 10n,
    lastBlock: 110n + (40n + extensionS) / 2n,
    lastTimestampS: 1_240n + extensionS,
  },
});

/** 5 lots of 10 minted in two tickets, 3 of dust; 20 reserved, 10 redeeming; a pool of two holders with fees. */
const history: ProtocolHistory = continueHistory(
  emptyHistory({ block: 10n, timestampS: 1_000n, updatedAtS: 1_000n }),
  [
    {
      kind: 'reserved',
      id: 5n,
      vault: VAULT,
      valueUba: 20n,
      feeUba: 0n,
      reservationFeeWei: 7n,
      poolFeeShareBips: 0n,
      opened: opened(),
    },
    { kind: 'requested', id: 2n, vault: VAULT, valueUba: 10n, opened: opened() },
    { kind: 'requested', id: 4n, vault: VAULT, valueUba: 10n, opened: opened(30n) },
    { kind: 'redemption ended', id: 4n, how: 'RedemptionDefault', paidVaultUnits: 11n },
  ],
  terms,
);

const tickets = [
  { id: 1n, agentVault: VAULT, valueUba: 30n },
  { id: 2n, agentVault: VAULT, valueUba: 20n },
];

const agent: AgentFigures = {
  vault: VAULT,
  isNormal: true,
  mintedUba: 53n,
  reservedUba: 20n,
  redeemingUba: 10n,
  poolRedeemingUba: 10n,
  dustUba: 3n,
  underlyingBalanceUba: 70n,
  requiredUnderlyingUba: 63n,
  freeUnderlyingUba: 7n,
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
      { tokensWei: 3n * UNIT, feeDebtUba: 1n },
      { tokensWei: UNIT, feeDebtUba: 1n },
    ],
  },
};

const healthy: ProtocolSnapshot = {
  agents: [agent],
  queue: tickets,
  lotSizeUba: 10n,
  supplyUba: 60n,
  managerNativeWei: 107n,
  burnedNativeWei: 5n,
  wNatSupplyWei: 9n,
  wNatBackingWei: 9n,
  history,
  atStart: {
    unbackedUba: 7n,
    managerNativeWei: 100n,
    burnedNativeWei: 5n,
    vaultTokenUnits: new Map([[VAULT, 100n]]),
  },
};

const withAgent = (change: Partial<AgentFigures>): ProtocolSnapshot => ({
  ...healthy,
  agents: [{ ...agent, ...change }],
});
const withPool = (change: Partial<AgentFigures['pool']>): ProtocolSnapshot =>
  withAgent({ pool: { ...agent.pool, ...change } });

/** One figure off, and the invariants that must say so. */
const broken: readonly [string, ProtocolSnapshot, ...string[]][] = [
  ['a base unit too much in circulation', { ...healthy, supplyUba: 61n }, 'supply is backed'],
  [
    'a ticket that lost a lot',
    {
      ...withAgent({ queue: [{ id: 1n, agentVault: VAULT, valueUba: 20n }, ...tickets.slice(1)] }),
      queue: [{ id: 1n, agentVault: VAULT, valueUba: 20n }, ...tickets.slice(1)],
    },
    'tickets and dust are the minted amount',
  ],
  [
    'a whole lot of dust',
    {
      ...withAgent({ dustUba: 13n, queue: [{ id: 1n, agentVault: VAULT, valueUba: 20n }, ...tickets.slice(1)] }),
      queue: [{ id: 1n, agentVault: VAULT, valueUba: 20n }, ...tickets.slice(1)],
    },
    'dust is less than a lot',
  ],
  [
    'a ticket of a lot and a half',
    {
      ...withAgent({ dustUba: 8n, queue: [{ id: 1n, agentVault: VAULT, valueUba: 25n }, ...tickets.slice(1)] }),
      queue: [{ id: 1n, agentVault: VAULT, valueUba: 25n }, ...tickets.slice(1)],
    },
    'tickets are whole lots',
  ],
  ['queues in different order', { ...healthy, queue: tickets.toReversed() }, 'the queues agree'],
  ['a reservation that was not released', withAgent({ reservedUba: 40n }), 'reserved is what is reserved'],
  [
    'a request that was not released',
    withAgent({ redeemingUba: 20n, requiredUnderlyingUba: 73n, underlyingBalanceUba: 80n }),
    'redeeming is what is requested',
  ],
  ['the pool redeems more', withAgent({ poolRedeemingUba: 11n }), 'the pool redeems no more'],
  [
    'required leaves out redeeming',
    withAgent({ requiredUnderlyingUba: 53n, freeUnderlyingUba: 17n }),
    'required underlying',
  ],
  ['free is not the rest', withAgent({ freeUnderlyingUba: 8n }), 'free underlying'],
  ['free is negative', withAgent({ underlyingBalanceUba: 60n, freeUnderlyingUba: -3n }), 'free underlying'],
  ['less WNat than counted', withPool({ wNatHeldWei: 4n * UNIT - 1n }), 'a pool has what it counts'],
  ['less FAssets than counted', withPool({ fAssetHeldUba: 2n }), 'a pool has what it counts'],
  ['tokens nobody holds', withPool({ tokensWei: 4n * UNIT + 1n }), 'pool tokens add up'],
  ['debt nobody has', withPool({ feeDebtUba: 1n }), 'fee debts add up'],
  [
    'claims of more than there is',
    withPool({
      feeDebtUba: -2n,
      holders: [
        { tokensWei: 3n * UNIT, feeDebtUba: -4n },
        { tokensWei: UNIT, feeDebtUba: 2n },
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
  ['something burned', { ...healthy, burnedNativeWei: 6n }, 'nothing is burned'],
  ['WNat without backing', { ...healthy, wNatSupplyWei: 10n }, 'wrapped native is backed'],
  ['a vault that paid for nothing', withAgent({ vaultTokenUnits: 88n }), 'a vault pays only for defaults'],
  [
    'a redemption that ends twice',
    {
      ...healthy,
      history: continueHistory(
        history,
        [{ kind: 'redemption ended', id: 4n, how: 'RedemptionPerformed', paidVaultUnits: 0n }],
        terms,
      ),
    },
    'life cycles are regular',
  ],
  [
    'a payment window of one second too much',
    {
      ...withAgent({ redeemingUba: 11n, requiredUnderlyingUba: 64n, freeUnderlyingUba: 6n }),
      history: continueHistory(
        history,
        [{ kind: 'requested', id: 6n, vault: VAULT, valueUba: 1n, opened: opened(61n) }],
        terms,
      ),
    },
    'life cycles are regular',
  ],
  [
    'an id that does not rise',
    {
      ...withAgent({ redeemingUba: 11n, requiredUnderlyingUba: 64n, freeUnderlyingUba: 6n }),
      history: continueHistory(
        history,
        [{ kind: 'requested', id: 3n, vault: VAULT, valueUba: 1n, opened: opened(60n) }],
        terms,
      ),
    },
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

  it('says by how much', () => {
    expect(checkInvariants({ ...healthy, supplyUba: 61n })).toEqual([
      {
        kind: 'invariant: supply is backed',
        subject: 'FAsset supply',
        expected: '60',
        actual: '61',
        difference: 1n,
      },
    ]);
  });
});
