/** What examples of bundles are made of: a view made by hand, and what an act comes to with observations made by hand. */
import { mintingReference, redemptionReference } from '../../support/model/background.ts';
import type { Actors } from '../../support/actors/actors.ts';
import type { Reservation } from '../../support/actors/minter.ts';
import type { RedemptionRequest } from '../../support/actors/redeemer.ts';
import type { AgentView } from '../../support/model/market.ts';
import type { PoolPosition } from '../../support/model/pool-position.ts';
import type { Expectation } from '../../support/model/statement.ts';
import { CHEAP_VAULT, sampleAgent, sampleMarket, sampleUser } from '../../support/model/testing/sample-market.ts';
import type { Bundle, Choices, Params, View } from '../../support/sequence/bundle.ts';

export const COIN = 10n ** 18n;
/** Who acts, and where they are paid on the ledger. */
export const [USER, LEDGER_ADDRESS] = ['0xABCD', 'rUser'];

export const viewOf = (change: Partial<View> = {}): View => ({
  user: sampleUser(),
  market: sampleMarket(),
  notes: {},
  timelocks: {},
  ...change,
});
export const holding = (balances: Readonly<Record<string, bigint>>, change: Partial<View> = {}): View =>
  viewOf({ user: sampleUser(balances), ...change });
export const withRecords = (
  records: View['user']['records'],
  notes: View['notes'] = {},
  balances: Readonly<Record<string, bigint>> = {},
): View => viewOf({ user: { ...sampleUser(balances), records }, notes });

/** Others have taken every lot of every agent. */
export function withoutLots(): View {
  const { agents } = sampleMarket();
  return viewOf({ market: sampleMarket({ agents: agents.map((agent) => ({ ...agent, freeLots: 0n })) }) });
}
/** A tenth more native coin has to be paid for the same; a twentieth more is sent. */
export const dearer = (): View =>
  viewOf({ market: sampleMarket({ nativePrice: (sampleMarket().nativePrice * 11n) / 10n }) });

/** A tenth of a pool of 2,000 coins and 1,000 tokens, all of it free, with 60 UBA of fees that are the user's. */
export const inPool = (change: Partial<View> = {}, position: Partial<PoolPosition> = {}, mintedUba = 0n): View =>
  viewOf({
    user: {
      ...sampleUser(),
      pools: {
        [CHEAP_VAULT]: {
          totals: { collateralWei: 2_000n * COIN, tokensWei: 1_000n * COIN, feesUba: 900n, feeDebtUba: 100n },
          wNatHeldWei: 2_000n * COIN,
          fAssetHeldUba: 900n,
          agentTokensWei: 900n * COIN,
          holding: { tokensWei: 100n * COIN, feeDebtUba: 40n },
          claimableFeesUba: 60n,
          transferableWei: 60n * COIN,
          ...position,
        },
      },
    },
    market: sampleMarket({ agents: [sampleAgent(CHEAP_VAULT, { mintedUba })] }),
    ...change,
  });

/** Runs what the choices come to with these actors and says what must come of it. */
export async function comesTo(
  bundle: Bundle<Actors>,
  view: View,
  choices: Choices,
  actors: object,
  params: Params = {},
): Promise<Expectation> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each example gives the actors that its bundle asks
  return (await bundle.resolve(view, choices, params).run(actors as Actors))(view);
}

/** Errors with which an act that was decided on `view` must be refused as it meets each of these. */
export function refusedWith(bundle: Bundle<Actors>, view: View, choices: Choices, mets: readonly View[]) {
  const step = bundle.resolve(view, choices, {});
  return mets.map((met) => step.refusedWith(met));
}

/** The movements as account and amount. */
export const moved = ({ movements }: Expectation) => movements.map(({ account, amount }) => [account, amount]);
/** Figures of events that are not what they must be. */
export const wrongClaims = ({ claims }: Expectation) =>
  claims.filter(({ expected, actual }) => expected !== actual).map(({ what }) => what);

/** Reserves minting 851 of a lot for this fee, pays for it with payment AB and executes it; 4/10 of the fee is the pool's. */
export function mintsALot(agentVault: string, feeUba: bigint) {
  const reservation: Reservation = {
    id: 851n,
    minter: USER.toLowerCase(),
    block: 1,
    valueUba: 10_000_000n,
    feeUba,
    firstBlock: 1_000_003n,
    lastBlock: 1_000_504n,
    lastTimestampS: 1_795_349_414n,
    paymentAddress: `ledger account of ${agentVault}`,
    paymentReference: `0x${mintingReference(851n)}`,
    executorFeeWei: 0n,
    atS: 1_795_348_509n,
  };
  const poolFeeUba = (feeUba * 4n) / 10n;
  return {
    minter: {
      address: USER,
      reserve: async () => reservation,
      pay: async () => ({ hash: 'AB' }),
      prove: async () => ({}),
      execute: async () => ({ agentVault, mintedUba: 10_000_000n, agentFeeUba: feeUba - poolFeeUba, poolFeeUba }),
    },
  };
}
/** Reservation fee of a lot at the sample's prices. */
export const FEE_OF_A_LOT_WEI = 1_276_427_674_460_324_104n;

/** Request 384 of the amount, to the agent whose ticket is the first, at a fee of 50 BIPS. */
export const requestFor = (valueUba: bigint): RedemptionRequest => ({
  id: 384n,
  block: 1,
  agentVault: CHEAP_VAULT,
  redeemer: USER.toLowerCase(),
  valueUba,
  feeUba: valueUba / 200n,
  paymentAddress: LEDGER_ADDRESS,
  firstBlock: 1_000_003n,
  lastBlock: 1_000_504n,
  lastTimestampS: 1_795_349_414n,
  paymentReference: `0x${redemptionReference(384n)}`,
  executorFeeWei: 0n,
});
/** A redeemer whose requests are these. */
export const redeemerOf = (...requests: readonly RedemptionRequest[]) => ({
  address: USER,
  ledgerAddress: LEDGER_ADDRESS,
  redeem: async () => ({ requests, incomplete: [] }),
  redeemAmount: async () => ({ requests, incomplete: [] }),
  awaitPayments: async () => undefined,
  awaitEnds: async () => undefined,
});

/** Redemption 384 of a lot, which nobody has paid and whose payment window is over. */
export function overdue(): View {
  const { ledger, ledgerTimeS } = sampleMarket().point;
  return withRecords(
    { 'redemption 384': { status: 'ACTIVE', agentVault: CHEAP_VAULT, valueUba: '10000000', feeUba: '50000' } },
    { 'redemption 384': { lastBlock: String(ledger - 1), lastTimestampS: String(ledgerTimeS - 1) } },
  );
}
/**
 * Actors with an agent that announces, and whose terms are these at the `looks`-th look. `coming` is what it has announced
 * before, if anything.
 */
export function changing(change: Partial<AgentView>, looks: number, coming?: number) {
  const announced: unknown[] = [];
  let looked = 0;
  const actors = {
    faults: {
      announceSetting: async (vault: string, name: string, value: number) => {
        announced.push([vault, name, value]);
        return coming ?? value;
      },
    },
    hands: {
      ledgerCloseS: 4,
      waiter: { sleepS: async () => undefined },
      contracts: { assetManager: '0x01' },
      read: async () => {
        looked += 1;
        return { agent: sampleAgent(CHEAP_VAULT, looked < looks ? {} : change) };
      },
    },
    look: async () => viewOf({ market: sampleMarket({ agents: [sampleAgent(CHEAP_VAULT, change)] }) }),
  };
  return { actors, announced };
}
/** Hands that set flags of the ledger account, and see request 384 with this status. */
export const handsSeeing = (status: string) => ({
  contracts: { assetManager: '0x01' },
  read: async () => ({ '384': status }),
  setLedgerFlag: async () => ({}),
});
