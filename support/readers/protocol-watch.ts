/**
 * Watches the whole protocol from the start of a play: reads every figure that invariants use at one block, and sums up the
 * events since the start. Only where the start is known to be clean, since it cannot know what was open before.
 */
import { type Result, ZeroAddress } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import {
  assetManagerInterface,
  coreVaultInterface,
  erc20Interface,
  poolInterface,
  poolTokenInterface,
} from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import {
  type Read,
  combineList,
  combineReads,
  combineRecord,
  expectReads,
  readAll,
  readBigint,
  readContract,
  readNativeBalance,
} from '../clients/flare/reads.ts';
import type { LedgerClient, LedgerPayment } from '../clients/xrpl/ledger-client.ts';
import type { AgentLedger, AgentPayment } from '../model/agent-ledger.ts';
import { type FollowedEvent, type ToldDebt, debtKey } from '../model/followed.ts';
import {
  type AgentFigures,
  type ProtocolSnapshot,
  type ProtocolState,
  type ProtocolTotals,
  type StartFigures,
  totalsOf,
} from '../model/invariants.ts';
import {
  type AgentSettings,
  type HistoryTerms,
  type Meaning,
  type Opened,
  type ProtocolEvent as HistoryEvent,
  type ProtocolHistory,
  type ReservationFee,
  type Told,
  continueHistory,
  emptyHistory,
} from '../model/protocol-history.ts';
import type { Ticket } from '../model/redemption.ts';
import type { AgentDefaultTerms } from '../model/redemption-default.ts';
import type { Point } from '../model/state.ts';
import type { GiftReader } from './gifts.ts';
import type { DefaultTermsReader } from './default-terms.ts';
import type { Informer } from './informer.ts';
import { readExecutorActs } from './executor-acts.ts';
import { readSettings, readUnderlyingClock } from './market-reads.ts';
import type { PoolAddresses } from './pool-reads.ts';
import type { ProtocolEvent, ProtocolLogs } from './protocol-logs.ts';
import { type ProvenPayment, readProvenPayments } from './proven-payments.ts';
import { readReservationFee } from './record-reads.ts';

/** What is read at one block; the ledger is read beside it. */
interface Figures extends Omit<ProtocolSnapshot, 'history' | 'atStart' | 'agents'> {
  readonly agents: readonly (Omit<AgentFigures, 'ledger'> & { readonly settings: AgentSettings })[];
  readonly terms: HistoryTerms;
}

/** Of each agent's account, by vault. */
type AgentLedgers = ReadonlyMap<string, AgentLedger>;

/** What anybody may give, which the protocol's own acts do not explain. */
interface Given {
  readonly burnedWei: bigint;
  /** By vault. */
  readonly vaultTokenUnits: ReadonlyMap<string, bigint>;
}

interface Watched {
  readonly start: StartFigures;
  readonly given: Given;
  /** Whoever got pool tokens since the start. */
  readonly holders: ReadonlySet<string>;
  readonly history: ProtocolHistory;
  readonly ledgers: AgentLedgers;
  readonly block: number;
  readonly ledger: number;
}

/** Where it reads. */
export interface WatchedNetwork {
  readonly rpc: JsonRpc;
  readonly ledger: LedgerClient;
  readonly contracts: ProtocolContracts;
  readonly informer: Informer;
  readonly logs: ProtocolLogs;
  readonly gifts: GiftReader;
  readonly defaultTerms: DefaultTermsReader;
}

/** More tickets than any play leaves behind. */
const QUEUE_PAGE = 1_000;

export class ProtocolWatch {
  readonly #network: WatchedNetwork;
  readonly #holders: readonly string[];
  #watched: Watched | undefined;
  #totals: ProtocolTotals | undefined;

  /** `holders`: EVM addresses of everybody who can hold pool tokens besides the agents' vaults. */
  constructor(network: WatchedNetwork, holders: readonly string[]) {
    this.#network = network;
    this.#holders = holders;
  }

  /** As of the last look; undefined before the first. */
  get totals(): ProtocolTotals | undefined {
    return this.#totals;
  }

  /** Starts here: nothing is open, and the current figures are the start. */
  async begin(): Promise<void> {
    const { informer } = this.#network;
    const { block, ledger } = await informer.point();
    const [{ agents, queue, underlying, ...figures }, ledgers] = await Promise.all([
      this.#figures(block),
      this.#ledgers(new Map(), ledger, ledger),
    ]);
    const dustUba = new Map(agents.map((agent) => [agent.vault, agent.dustUba]));
    const minted = agents.reduce((sum, agent) => sum + agent.mintedUba, 0n);
    const held = (vault: string): bigint => ledgers.get(vault)?.balanceDrops ?? 0n;
    this.#watched = {
      given: { burnedWei: 0n, vaultTokenUnits: new Map() },
      holders: new Set(),
      block,
      ledger,
      ledgers,
      history: emptyHistory({
        underlying,
        agents: new Map(agents.map(({ vault, settings }) => [vault, settings])),
        queue: { tickets: queue, dustUba },
        followed: { tickets: queue, dustUba, feeDebtsUba: new Map(agents.flatMap(debtsAtStart)) },
      }),
      start: {
        coreVaultFundsUba: figures.coreVaultFundsUba,
        unbackedUba: figures.supplyUba - minted,
        managerNativeWei: figures.managerNativeWei,
        burnedNativeWei: figures.burnedNativeWei,
        vaultTokenUnits: new Map(agents.map(({ vault, vaultTokenUnits }) => [vault, vaultTokenUnits])),
        underlyingOffsetUba: new Map(
          agents.map(({ vault, underlyingBalanceUba }) => [vault, underlyingBalanceUba - held(vault)]),
        ),
      },
    };
  }

  /** This point will be looked at soon. */
  async expect({ block }: Point): Promise<void> {
    expectReads(this.#network.rpc, block, { figures: await this.#figuresRead(this.#watched?.holders) });
  }

  /** Everything at one point, no earlier than the last one looked at. */
  async look(at: Point): Promise<ProtocolSnapshot> {
    const { block, ledger } = at;
    const watched = this.#watched;
    if (watched === undefined) throw new Error('the watch over the protocol was not begun');
    const fromBlock = watched.block + 1;
    const [events, ledgers] = await Promise.all([
      this.#network.logs.between(fromBlock, block),
      this.#ledgers(watched.ledgers, watched.ledger, ledger),
    ]);
    const holders = new Set([...watched.holders, ...events.flatMap(poolTokenReceivers)]);
    const { terms, agents, ...figures } = await this.#figures(block, holders);
    const given = await this.#given(watched, figures.burnedNativeWei, fromBlock, block);
    const history = continueHistory(watched.history, await this.#meaningOf(events, at, watched.history), terms);
    this.#watched = { ...watched, block, ledger, ledgers, history, given, holders };
    this.#totals = totalsOf({ ...figures, agents });
    return {
      ...figures,
      burnedNativeWei: figures.burnedNativeWei - given.burnedWei,
      agents: agents.map((agent) => ({
        ...agent,
        vaultTokenUnits: agent.vaultTokenUnits - (given.vaultTokenUnits.get(agent.vault) ?? 0n),
        ledger: ledgers.get(agent.vault) ?? NO_ACCOUNT,
      })),
      history,
      atStart: watched.start,
    };
  }

  /** With what was given in these blocks. Every one is looked at only when somebody sent the burn address something. */
  async #given({ given, start }: Watched, burnedWei: bigint, fromBlock: number, toBlock: number): Promise<Given> {
    const { informer, gifts } = this.#network;
    const pools = await informer.pools();
    const vaults = pools.map(({ vault }) => vault);
    const tokens = [...new Set(pools.map(({ vaultToken }) => vaultToken))];
    const [burned, ...toVaults] = await Promise.all([
      burnedWei === start.burnedNativeWei + given.burnedWei ? [] : gifts.native(BURN_ADDRESS, fromBlock, toBlock),
      ...tokens.map((token) => gifts.tokens(token, vaults, fromBlock, toBlock)),
    ]);
    const vaultTokenUnits = new Map(given.vaultTokenUnits);
    for (const { receiver, amount } of toVaults.flat())
      vaultTokenUnits.set(receiver, (vaultTokenUnits.get(receiver) ?? 0n) + amount);
    return { burnedWei: burned.reduce((sum, { amount }) => sum + amount, given.burnedWei), vaultTokenUnits };
  }

  /** The figures of the newest block, which need no beginning. */
  async state(): Promise<ProtocolState> {
    const { block } = await this.#network.informer.point();
    return this.#figures(block);
  }

  async #figures(block: number, further?: ReadonlySet<string>): Promise<Figures> {
    const { figures } = await readAll(this.#network.rpc, block, { figures: await this.#figuresRead(further) });
    return figures;
  }

  async #figuresRead(further: ReadonlySet<string> = new Set()): Promise<Read<Figures>> {
    const { contracts, informer } = this.#network;
    const { assetManager, fAsset, wNat, coreVaultManager } = contracts;
    const pools = await informer.pools();
    const holders = [...new Set([...this.#holders, ...further].map((holder) => holder.toLowerCase()))];
    return combineReads(
      {
        agents: combineList(pools.map((pool) => readAgentFigures(pool, contracts, holders))),
        queue: readTickets(assetManager, 'redemptionQueue', [0, QUEUE_PAGE]),
        settings: readSettings(assetManager),
        underlying: readUnderlyingClock(assetManager),
        extensionS: readBigint(assetManager, assetManagerInterface, 'redemptionPaymentExtensionSeconds'),
        supplyUba: readBigint(fAsset, erc20Interface, 'totalSupply'),
        managerNativeWei: readNativeBalance(assetManager),
        burnedNativeWei: readNativeBalance(BURN_ADDRESS),
        coreVaultFunds: combineList(
          coreVaultManager === undefined ? [] : [readBigint(coreVaultManager, coreVaultInterface, 'availableFunds')],
        ),
        wNatSupplyWei: readBigint(wNat, erc20Interface, 'totalSupply'),
        wNatBackingWei: readNativeBalance(wNat),
      },
      ({ settings, extensionS, coreVaultFunds, ...figures }) => {
        const { lotSizeUba, granularityUba, window } = settings;
        return {
          ...figures,
          coreVaultFundsUba: coreVaultFunds[0] ?? 0n,
          lotSizeUba,
          terms: { granularityUba, window, extensionS, queue: settings },
        };
      },
    );
  }

  /** The agents' accounts at a ledger, with the payments that came after the ledger of `before`. */
  async #ledgers(before: AgentLedgers, fromLedger: number, toLedger: number): Promise<AgentLedgers> {
    const { ledger, informer } = this.#network;
    const accounts = (await informer.pools()).map(async ({ vault, underlyingAddress }) => {
      const [balanceDrops, payments] = await Promise.all([
        informer.balanceDrops(underlyingAddress, toLedger),
        ledger.payments(underlyingAddress, fromLedger + 1, toLedger),
      ]);
      const newer = payments.map((payment) => agentPayment(payment, underlyingAddress));
      const account = { balanceDrops, payments: [...(before.get(vault)?.payments ?? []), ...newer] };
      return [vault, account] as const;
    });
    return new Map(await Promise.all(accounts));
  }

  /** Of each default among the events, by transaction, where that can be told. */
  async #defaultTerms(events: readonly ProtocolEvent[], at: Point): Promise<ReadonlyMap<string, AgentDefaultTerms>> {
    const read = events
      .filter(({ event }) => event.name === 'RedemptionDefault')
      .map(async (event) => [event.hash, await this.#network.defaultTerms.termsOf(event, events, at)] as const);
    return new Map((await Promise.all(read)).flatMap(([hash, terms]) => (terms ? [[hash, terms]] : [])));
  }

  async #meaningOf(events: readonly ProtocolEvent[], at: Point, before: ProtocolHistory): Promise<HistoryEvent[]> {
    const { rpc, contracts } = this.#network;
    const ids = events
      .filter(({ event }) => event.name === 'CollateralReserved')
      .map(({ event }) => String(event.args['collateralReservationId']));
    const executions = events.filter(({ event }) => EXECUTIONS.has(event.name)).map(({ hash }) => hash);
    const [{ fees }, proven, defaultTerms] = await Promise.all([
      readAll(rpc, at.block, {
        fees: combineRecord(ids, (id) => readReservationFee(contracts.assetManager, BigInt(id))),
      }),
      readProvenPayments(rpc, contracts, executions),
      this.#defaultTerms(events, at),
    ]);
    const known: KnownElsewhere = {
      feeOf: (id) => fees[String(id)] ?? NO_FEE,
      provenIn: (hash) => proven.get(hash),
      defaultTermsIn: (hash) => defaultTerms.get(hash),
    };
    const ofManager = events.filter(({ vault }) => vault === undefined);
    const actOf = await readExecutorActs(rpc, ofManager, before);
    return events.flatMap((event) =>
      (event.vault === undefined ? meaningOf(event, known) : followedOf(event)).map((meaning) => ({
        ...meaning,
        ...(event.vault === undefined ? actOf(event) : {}),
        transaction: event.hash,
      })),
    );
  }
}

/** By a transfer, or by entering a pool. */
function poolTokenReceivers({ event, vault }: ProtocolEvent): string[] {
  if (vault === undefined) return [];
  if (event.name === 'CPEntered') return [String(event.args['tokenHolder'])];
  return event.name === 'Transfer' && event.args['to'] !== ZeroAddress ? [String(event.args['to'])] : [];
}

const NO_ACCOUNT: AgentLedger = { balanceDrops: 0n, payments: [] };

const agentPayment = (payment: LedgerPayment, address: string): AgentPayment => ({
  hash: `0x${payment.hash.toLowerCase()}`,
  reference: payment.reference,
  isIncoming: payment.destination === address,
  deliveredDrops: payment.deliveredDrops,
  feeDrops: payment.feeDrops,
});

/** Where the protocol burns native coin (setting burnAddress, the same on every network). */
const BURN_ADDRESS = '0x000000000000000000000000000000000000dEaD';

function readTickets(assetManager: string, name: string, args: readonly unknown[]): Read<Ticket[]> {
  return readContract(assetManager, assetManagerInterface, name, args, (result) =>
    [...result[0]].map((ticket) => ({
      id: ticket.redemptionTicketId,
      agentVault: ticket.agentVault.toLowerCase(),
      valueUba: ticket.ticketValueUBA,
    })),
  );
}

function readAgentFigures(
  { vault, pool, poolToken, vaultToken }: PoolAddresses,
  { assetManager, wNat, fAsset }: ProtocolContracts,
  users: readonly string[],
): Read<Figures['agents'][number]> {
  const holders = [...new Set([...users, vault])];
  const ofPool = (name: string, args: readonly unknown[] = []) => readBigint(pool, poolInterface, name, args);
  const balance = (token: string, owner: string) => readBigint(token, erc20Interface, 'balanceOf', [owner]);
  return combineReads(
    {
      info: readContract(assetManager, assetManagerInterface, 'getAgentInfo', [vault], (result) => ({
        vault,
        isNormal: result[0].status === 0n,
        mintedUba: result[0].mintedUBA as bigint,
        reservedUba: result[0].reservedUBA as bigint,
        redeemingUba: result[0].redeemingUBA as bigint,
        poolRedeemingUba: result[0].poolRedeemingUBA as bigint,
        dustUba: result[0].dustUBA as bigint,
        underlyingBalanceUba: result[0].underlyingBalanceUBA as bigint,
        requiredUnderlyingUba: result[0].requiredUnderlyingBalanceUBA as bigint,
        freeUnderlyingUba: result[0].freeUnderlyingBalanceUBA as bigint,
        settings: Object.fromEntries(FEE_SETTINGS.map((name) => [name, result[0][name] as bigint])),
      })),
      queue: readTickets(assetManager, 'agentRedemptionQueue', [vault, 0, QUEUE_PAGE]),
      vaultTokenUnits: balance(vaultToken, vault),
      collateralWei: ofPool('totalCollateral'),
      feesUba: ofPool('totalFAssetFees'),
      feeDebtUba: ofPool('totalFAssetFeeDebt'),
      tokensWei: readBigint(poolToken, poolTokenInterface, 'totalSupply'),
      wNatHeldWei: balance(wNat, pool),
      fAssetHeldUba: balance(fAsset, pool),
      holders: combineList(
        holders.map((holder) =>
          combineReads(
            { tokensWei: balance(poolToken, holder), feeDebtUba: ofPool('fAssetFeeDebtOf', [holder]) },
            (values) => ({ holder, ...values }),
          ),
        ),
      ),
    },
    ({ info, queue, vaultTokenUnits, ...figures }) => ({ ...info, queue, vaultTokenUnits, pool: figures }),
  );
}

/** Settings of an agent that fees hang on, as getAgentInfo and AgentSettingChanged call them. */
const FEE_SETTINGS = ['feeBIPS', 'poolFeeShareBIPS', 'redemptionPoolFeeShareBIPS'] as const;

/** How a request ends; a failed payment comes after a default and ends nothing itself. */
const REDEMPTION_ENDS = new Set([
  'RedemptionPerformed',
  'RedemptionDefault',
  'RedemptionPaymentBlocked',
  'RedemptionRejected',
]);
/** Each mints all that the core vault got, for one receiver or another. */
const DIRECT_MINTINGS = new Set([
  'DirectMintingExecuted',
  'DirectMintingExecutedToSmartAccount',
  'DirectMintingPaymentTooSmallForFee',
]);
/** Each comes with the proof of a payment. */
const EXECUTIONS = new Set(['MintingExecuted', ...DIRECT_MINTINGS]);
const MINTING_ENDS = new Set(['MintingExecuted', 'MintingPaymentDefault', 'CollateralReservationDeleted']);
const REQUESTS = new Set(['RedemptionRequested', 'RedemptionWithTagRequested']);
/** Each of these shows the protocol a payment of an agent's account. */
const BOOKINGS = new Set([
  'RedemptionPerformed',
  'RedemptionPaymentBlocked',
  'RedemptionPaymentFailed',
  'ConfirmedClosedMintingPayment',
  'UnderlyingBalanceToppedUp',
]);

/** What events do not tell. */
interface KnownElsewhere {
  /** Of a reservation, as its view tells it. */
  readonly feeOf: (id: bigint) => ReservationFee;
  /** The payment that a transaction proved. */
  readonly provenIn: (hash: string) => ProvenPayment | undefined;
  /** Of a transaction's default. */
  readonly defaultTermsIn: (hash: string) => AgentDefaultTerms | undefined;
}

const NO_FEE: ReservationFee = { feeWei: 0n, executorFeeWei: 0n, feeUba: 0n, shareBips: 0n };

/** What an event of the asset manager means. */
function meaningOf(
  { event, atS, hash }: ProtocolEvent,
  { feeOf, provenIn, defaultTermsIn }: KnownElsewhere,
): Meaning[] {
  const { name, args } = event;
  if (name === 'CollateralReserved') {
    const id: bigint = args['collateralReservationId'];
    return [{ kind: 'reserved', viewed: feeOf(id), ...openedBy(id, args, atS) }];
  }
  if (MINTING_ENDS.has(name))
    return [
      {
        kind: 'minting ended',
        id: args['collateralReservationId'],
        how: name,
        told: toldBy(args),
        provenHash: provenIn(hash)?.hash,
      },
    ];
  if (DIRECT_MINTINGS.has(name))
    return [{ kind: 'minted directly', event: name, told: toldBy(args), receivedUba: provenIn(hash)?.receivedUba }];
  if (REQUESTS.has(name)) return [{ kind: 'requested', ...openedBy(args['requestId'], args, atS) }];
  return [
    ...followedOf({ event, vault: undefined }),
    ...bookingOf(name, args),
    ...otherMeaningOf(name, args, defaultTermsIn(hash)),
  ];
}

/** Of the queue, the dust and the pools' fee debts. */
function followedOf({ event: { name, args }, vault }: Pick<ProtocolEvent, 'event' | 'vault'>): Meaning[] {
  const lower = (field: string) => (args[field] as string).toLowerCase();
  const told = (event: FollowedEvent): Meaning[] => [{ kind: 'told', event }];
  const ticket = () => ({ id: args['redemptionTicketId'] as bigint, agentVault: lower('agentVault') });
  switch (name) {
    case 'RedemptionTicketCreated':
    case 'RedemptionTicketUpdated':
      return told({ name, ticket: { ...ticket(), valueUba: args['ticketValueUBA'] } });
    case 'RedemptionTicketDeleted':
      return told({ name, ticket: ticket() });
    case 'DustChanged':
      return told({ name, vault: lower('agentVault'), dustUba: args['dustUBA'] });
    case 'CPFeeDebtChanged':
      return told({ name, vault: vault ?? '', holder: lower('tokenHolder'), debtUba: args['newFeeDebtUBA'] });
    default:
      return [];
  }
}

const debtsAtStart = ({ vault, pool }: Figures['agents'][number]): [string, ToldDebt][] =>
  pool.holders.map(({ holder, feeDebtUba }) => [debtKey(vault, holder), { debtUba: feeDebtUba, toldBy: undefined }]);

function bookingOf(name: string, args: Result): Meaning[] {
  if (!BOOKINGS.has(name)) return [];
  const { transactionHash: hash, spentUnderlyingUBA: spentUba } = args.toObject();
  return [{ kind: 'payment booked', hash, spentUba }];
}

function otherMeaningOf(name: string, args: Result, terms: AgentDefaultTerms | undefined): Meaning[] {
  if (REDEMPTION_ENDS.has(name)) {
    return [{ kind: 'redemption ended', id: args['requestId'], how: name, told: toldBy(args), terms }];
  }
  switch (name) {
    case 'RedemptionPoolFeeMinted':
      return [{ kind: 'pool fee minted', id: args['requestId'], told: toldBy(args) }];
    case 'AgentSettingChanged': {
      const { agentVault, name: setting, value } = args.toObject();
      return [{ kind: 'agent setting', vault: agentVault.toLowerCase(), name: setting, value }];
    }
    case 'CurrentUnderlyingBlockUpdated':
      return [
        {
          kind: 'underlying block',
          clock: {
            block: args['underlyingBlockNumber'],
            timestampS: args['underlyingBlockTimestamp'],
            updatedAtS: args['updatedAt'],
          },
        },
      ];
    default:
      return [];
  }
}

function openedBy(id: bigint, args: Result, atS: bigint): Opened {
  return {
    id,
    vault: (args['agentVault'] as string).toLowerCase(),
    valueUba: args['valueUBA'],
    told: toldBy(args),
    atS,
    window: {
      firstBlock: args['firstUnderlyingBlock'],
      lastBlock: args['lastUnderlyingBlock'],
      lastTimestampS: args['lastUnderlyingTimestamp'],
    },
  };
}

/** The event's numbers, addresses and hashes by their names. */
const toldBy = (args: Result): Told =>
  Object.fromEntries(
    Object.entries(args.toObject()).flatMap(([name, value]: [string, unknown]): [string, bigint | string][] => {
      if (typeof value === 'bigint') return [[name, value]];
      return typeof value === 'string' && value.startsWith('0x') ? [[name, value.toLowerCase()]] : [];
    }),
  );
