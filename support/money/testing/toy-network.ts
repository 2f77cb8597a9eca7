/**
 * A network small enough to hold in the hand: accounts are numbers, acts move them and cost a fee, and time goes on when
 * everybody waits. Users act with the real hands and book of costs; what is not needed here is not there.
 */
import type { Actors } from '../../actors/actors.ts';
import { CostBook } from '../../actors/costs.ts';
import { Hands } from '../../actors/hands.ts';
import type { EvmAccount } from '../../clients/flare/account.ts';
import type { CollateralType, ProtocolContracts } from '../../clients/flare/contracts.ts';
import { erc20Interface } from '../../clients/flare/interfaces.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { Receipt } from '../../clients/flare/receipt.ts';
import type { JournalFile } from '../../clients/journal-file.ts';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { verdictOf } from '../../clients/verdict.ts';
import type { LedgerAccount } from '../../clients/xrpl/ledger-account.ts';
import type { LedgerClient } from '../../clients/xrpl/ledger-client.ts';
import type { Happenings } from '../../model/background.ts';
import type { Evidence } from '../../model/endings.ts';
import { isMinting } from '../../model/records.ts';
import type { RecordFields, UserState } from '../../model/state.ts';
import { sampleMarket } from '../../model/testing/sample-market.ts';
import type { World } from '../../network/world.ts';
import type { Informer, Who } from '../../readers/informer.ts';
import { type Bundle, defineBundle } from '../../sequence/bundle.ts';
import { takeTurns } from '../../sequence/turns.ts';
import { uba, wei } from '../../units/amounts.ts';
import { HANG_MS } from '../../units/hang.ts';
import type { Waiter } from '../../units/waiter.ts';
import type { UserSession } from '../../users/session.ts';

export const GAS = 7n;
export const LEDGER_FEE = 12n;
export const RESERVE = 1_000_000n;
export const VAULT_TOKEN = `0x${'cc'.repeat(20)}`;
const TOKENS: Readonly<Record<string, string>> = {
  fAsset: `0x${'f1'.repeat(20)}`,
  wNat: `0x${'f2'.repeat(20)}`,
  [`vault token ${VAULT_TOKEN}`]: VAULT_TOKEN,
};

/** A pool of which the user holds that many tokens. */
export const position = (tokensWei: bigint): UserState['pools'][string] => ({
  totals: { collateralWei: tokensWei, tokensWei, feesUba: 0n, feeDebtUba: 0n },
  wNatHeldWei: tokensWei,
  fAssetHeldUba: 0n,
  agentTokensWei: 0n,
  holding: { tokensWei, feeDebtUba: 0n },
  claimableFeesUba: 0n,
  transferableWei: tokensWei,
});

/** A thing with some of its members; whoever asks for another finds none. */
function partOf<T extends object>(members: Partial<Pick<T, keyof T>>): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test needs few of many
  return members as T;
}

export class ToyNetwork {
  readonly world: World;
  /** What users did, in order. */
  readonly acts: string[] = [];
  nowS = sampleMarket().point.timeS;
  /** Set to make time itself fail. */
  stopped: Error | undefined;
  /** Hashes that are in a block or a ledger, with what became of them. */
  readonly fates = new Map<string, boolean>();
  readonly #users = new Map<string, ToyUser>();
  readonly #due: { readonly atS: number; readonly happen: () => void }[] = [];
  #block = 100;

  constructor() {
    const time = { nowS: async () => this.nowS, advanceTo: async (atS: number) => this.#advanceTo(atS) };
    this.world = partOf<World>({
      record: partOf<NetworkRecord>({
        capabilities: { canWarpTime: true, canSnapshot: false, canInjectFaults: false, hasFaucet: false },
        ledger: partOf<NetworkRecord['ledger']>({ closeS: 4 }),
      }),
      contracts: partOf<ProtocolContracts>({
        features: { redeemAmount: true, directMinting: false },
        fAsset: TOKENS['fAsset'] ?? '',
        wNat: TOKENS['wNat'] ?? '',
        collateralTypes: [
          partOf<CollateralType>({ isPool: true, token: TOKENS['wNat'] ?? '' }),
          partOf<CollateralType>({ isPool: false, token: VAULT_TOKEN }),
        ],
      }),
      chainTerms: {
        chainId: 1n,
        maxFeePerGasWei: 1n,
        maxPriorityFeePerGasWei: 1n,
        receiptPollMs: 0,
        receiptTimeoutMs: HANG_MS,
      },
      rpc: this.#rpc(),
      ledger: partOf<LedgerClient>({
        head: async () => ({ ledger: this.#block, closeTimeS: this.nowS }),
        baseReserveDrops: async () => RESERVE,
        refusesDeposits: async (address) => this.userAt(address).isBlocked,
        find: async (hash) => {
          const succeeded = this.fates.get(hash);
          if (succeeded === undefined) return { kind: 'absent', searchedAll: false };
          return { kind: 'validated', result: succeeded ? 'tesSUCCESS' : 'tecPATH_DRY', ledger: this.#block };
        },
      }),
      informer: partOf<Informer>({
        point: async () => this.point(),
        pools: async () => [],
        userState: async (who, tracked) => this.userAt(who.evmAddress).state(tracked),
      }),
      run: (lanes, schedule) => takeTurns(lanes, time, schedule),
    });
  }

  /** A user with these balances; `journal` where the network outlives the run. */
  user(name: string, balances: Readonly<Record<string, bigint>>, journal?: JournalFile): ToyUser {
    const user = new ToyUser(this, name, this.#users.size, balances, journal);
    for (const address of Object.values(user.session.who)) this.#users.set(address.toLowerCase(), user);
    return user;
  }

  userAt(address: string): ToyUser {
    const user = this.#users.get(address.toLowerCase());
    if (user === undefined) throw new Error(`nobody has ${address}`);
    return user;
  }

  /** At that time, by itself. */
  at(atS: number, happen: () => void): void {
    this.#due.push({ atS, happen });
  }

  point(): UserState['point'] {
    return { block: this.#block, ledger: this.#block, timeS: this.nowS, ledgerTimeS: this.nowS };
  }

  nextBlock(): number {
    this.#block += 1;
    return this.#block;
  }

  async #advanceTo(atS: number): Promise<number> {
    if (this.stopped !== undefined) throw this.stopped;
    this.nowS = Math.max(this.nowS, atS);
    for (const event of this.#due.filter((due) => due.atS <= this.nowS)) {
      this.#due.splice(this.#due.indexOf(event), 1);
      event.happen();
    }
    return this.nowS;
  }

  #rpc(): JsonRpc {
    const answers: Readonly<Record<string, (hash: string) => unknown>> = {
      eth_getTransactionCount: () => '0x0',
      eth_blockNumber: () => `0x${this.#block.toString(16)}`,
      eth_getTransactionReceipt: (hash) => {
        const status = this.fates.get(hash);
        if (status === undefined) return null;
        const costs = { gasUsed: '0x1', effectiveGasPrice: '0x1', transactionIndex: '0x0' };
        return { transactionHash: hash, blockNumber: '0x1', status: status ? '0x1' : '0x0', logs: [], ...costs };
      },
    };
    // oxlint-disable-next-line typescript/no-explicit-any -- as generic as what it stands for
    const batch = async (calls: readonly { method: string; params?: readonly unknown[] }[]): Promise<any> =>
      calls.map(({ method, params = [] }) => answers[method]?.(String(params[0])));
    return partOf<JsonRpc>({ batch, batchAbout: async (_block, calls) => batch(calls) });
  }
}

export class ToyUser {
  readonly session: UserSession;
  readonly balances: Record<string, bigint>;
  readonly records: Record<string, RecordFields> = {};
  pools: UserState['pools'] = {};
  /** Refuses deposits on the ledger. */
  isBlocked = false;
  /** Acts that fail before anything is sent, by their beginning as they stand in `acts`. */
  readonly failing = new Map<string, Error>();
  /** Set to make every look at the user fail. */
  unreadable: Error | undefined;
  /** What others did since anybody looked last. */
  others: Partial<Happenings> = {};
  readonly #network: ToyNetwork;

  constructor(
    network: ToyNetwork,
    name: string,
    index: number,
    balances: Readonly<Record<string, bigint>>,
    journal: JournalFile | undefined,
  ) {
    this.#network = network;
    this.balances = { native: 0n, xrp: 0n, fAsset: 0n, wNat: 0n, [`vault token ${VAULT_TOKEN}`]: 0n, ...balances };
    const who: Who = { evmAddress: `0x${String(index + 1).padStart(40, '0')}`, ledgerAddress: `r-${name}` };
    this.session = sessionOf(network, this, name, who, journal);
  }

  state(tracked: readonly string[]): UserState {
    if (this.unreadable !== undefined) throw this.unreadable;
    const records = Object.fromEntries(Object.entries(this.records).filter(([id]) => tracked.includes(id)));
    return { point: this.#network.point(), balances: { ...this.balances }, pools: this.pools, records };
  }

  /** Notes an act, unless it fails. */
  does(what: string): void {
    for (const [beginning, error] of this.failing) if (what.startsWith(beginning)) throw error;
    this.#network.acts.push(`${this.session.user}: ${what}`);
  }

  add(account: string, amount: bigint): void {
    this.balances[account] = (this.balances[account] ?? 0n) + amount;
  }

  pays(amount: bigint, account: string, to: string, fee: readonly [account: string, amount: bigint]): void {
    const receiver = this.#network.userAt(to);
    this.does(`${amount} ${account} to ${receiver.session.user}`);
    this.add(account, -amount);
    this.add(fee[0], -fee[1]);
    receiver.add(account, amount);
  }
}

function sessionOf(
  network: ToyNetwork,
  user: ToyUser,
  name: string,
  who: Who,
  journal: JournalFile | undefined,
): UserSession {
  const costs = new CostBook();
  let lane: Waiter | undefined;
  const inLane = (): Waiter => {
    if (lane === undefined) throw new Error(`${name} acts outside of a lane`);
    return lane;
  };
  const hands = new Hands({
    evm: evmOf(network, user, who),
    ledger: ledgerOf(network, user, who),
    contracts: network.world.contracts,
    waiter: { nowS: () => inLane().nowS(), sleepS: (seconds) => inLane().sleepS(seconds) },
    costs,
    prove: () => Promise.reject(new Error('nothing is proven here')),
    ledgerCloseS: 4,
  });
  const userState = async (tracked: readonly string[]) => user.state(tracked);
  return partOf<UserSession>({
    user: name,
    address: who.evmAddress,
    who,
    hands,
    journal,
    actors: partOf<Actors>({ hands }),
    tolerances: {},
    enterLane: (waiter) => (lane = waiter),
    forget: () => {},
    view: async ({ state, notes, timelocks }) => ({
      user: await userState(Object.keys(state.records)),
      market: sampleMarket({ point: network.point() }),
      notes,
      timelocks,
    }),
    viewMet: async (view) => view,
    userState,
    happenings: async () => {
      const { others } = user;
      user.others = {};
      return { payments: [], statuses: [], defaults: [], poolEvents: [], calls: [], endedIn: new Map(), ...others };
    },
    gifts: async () => [],
    foreignUses: async () => [],
    evidence: async () => deserved(network.nowS),
    violations: async () => [],
    costMark: () => costs.mark(),
    costsSince: (mark) => costs.since(mark),
    classify: verdictOf,
  });
}

/** Paid by whoever had to pay at once, and never to the user: a minting is deserved, and so is the default of a redemption. */
const deserved = (endedAtS: number): Evidence => ({
  agentAddress: 'r-agent',
  payments: [
    {
      hash: 'AB',
      source: 'r-minter',
      destination: 'r-agent',
      amountDrops: 0n,
      result: 'tesSUCCESS',
      ledger: 0,
      closedAtS: 0,
      refusals: [],
    },
  ],
  endedAtS,
  lastLedgerClosedAtS: 0,
  attestationWindowS: 86_400n,
  isLedgerAddress: false,
});

function evmOf(network: ToyNetwork, user: ToyUser, { evmAddress }: Who): EvmAccount {
  const included = (): Receipt => {
    const blockNumber = network.nextBlock();
    return partOf<Receipt>({ hash: `0x${blockNumber}`, blockNumber, gasCostWei: wei(GAS) });
  };
  return partOf<EvmAccount>({
    address: evmAddress,
    send: async ({ to = '', data = '0x', valueWei = 0n }) => {
      const token = Object.keys(TOKENS).find((account) => TOKENS[account] === to);
      const parsed = token === undefined ? null : erc20Interface.parseTransaction({ data });
      if (token === undefined || parsed === null) user.pays(valueWei, 'native', to, ['native', GAS]);
      else user.pays(BigInt(parsed.args[1]), token, String(parsed.args[0]), ['native', GAS]);
      return included();
    },
    sweep: async (to) => {
      const amount = (user.balances['native'] ?? 0n) - GAS;
      if (amount <= 0n) return undefined;
      user.pays(amount, 'native', to, ['native', GAS]);
      return { receipt: included(), amountWei: wei(amount) };
    },
  });
}

function ledgerOf(network: ToyNetwork, user: ToyUser, { ledgerAddress }: Who): LedgerAccount {
  const validated = () => {
    const ledger = network.nextBlock();
    return { hash: `L${ledger}`, ledger, result: 'tesSUCCESS', feeDrops: uba(LEDGER_FEE) };
  };
  return partOf<LedgerAccount>({
    address: ledgerAddress,
    pay: async ({ destination, amountDrops }) => {
      user.pays(amountDrops, 'xrp', destination, ['xrp', LEDGER_FEE]);
      return validated();
    },
    setFlag: async (flag, on) => {
      user.does(`flag ${flag} ${on ? 'on' : 'off'}`);
      user.isBlocked = on;
      user.add('xrp', -LEDGER_FEE);
      return validated();
    },
  });
}

const endOf = (record: string): string => (isMinting(record) ? 'SUCCESSFUL' : 'DEFAULTED_UNCONFIRMED');

/** An act that ends the first of these records that is open, and brings that much of the FAsset, from that time on. */
export function ending(
  network: ToyNetwork,
  name: string,
  records: readonly string[],
  { gain = 0n, fromS = 0 } = {},
): Bundle<Actors> {
  const firstOf = (open: UserState['records']) => records.find((id) => open[id]?.['status'] === 'ACTIVE');
  return defineBundle<Actors, { readonly record: string }, null>({
    name,
    story: `ends ${records.join(', ')}`,
    choices: [],
    arrange: [],
    enabled: ({ user, market }) =>
      (firstOf(user.records) !== undefined && market.point.timeS >= fromS) || 'nothing can be ended',
    resolve: ({ user }) => ({ record: firstOf(user.records) ?? '' }),
    run: async ({ record }, { hands }) => {
      const user = network.userAt(hands.evmAddress);
      user.does(`${name} ${record}`);
      user.records[record] = { status: endOf(record) };
      user.add('fAsset', gain);
      return null;
    },
    expected: (_view, { record }) => ({
      movements: [{ account: 'fAsset', amount: gain, cause: 'own', text: name }],
      records: { [record]: { status: endOf(record) } },
      claims: [],
    }),
  });
}
