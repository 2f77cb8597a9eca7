/**
 * Watches the whole protocol from the start of a play: reads every figure the invariants speak of at one block, and sums up
 * the events since the start. Only where the start is known to be clean, since it cannot know what was open before.
 */
import type { LogDescription } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import {
  assetManagerInterface,
  erc20Interface,
  poolInterface,
  poolTokenInterface,
} from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import {
  type Read,
  combineReads,
  combineList,
  readAll,
  readBigint,
  readContract,
  readNativeBalance,
} from '../clients/flare/reads.ts';
import type { AgentFigures, ProtocolSnapshot, StartFigures } from '../model/invariants.ts';
import {
  type HistoryTerms,
  type Opening,
  type ProtocolEvent as HistoryEvent,
  type ProtocolHistory,
  continueHistory,
  emptyHistory,
} from '../model/protocol-history.ts';
import type { Ticket } from '../model/redemption.ts';
import type { Point } from '../model/state.ts';
import type { Informer } from './informer.ts';
import { readSettings, readUnderlyingClock } from './market-reads.ts';
import type { PoolAddresses } from './pool-reads.ts';
import type { ProtocolEvent, ProtocolLogs } from './protocol-logs.ts';
import { type ReservationFee, readReservationFee } from './record-reads.ts';

type Figures = Omit<ProtocolSnapshot, 'history' | 'atStart'> & { readonly terms: HistoryTerms };

/** More tickets than any play leaves behind. */
const QUEUE_PAGE = 1_000;

export class ProtocolWatch {
  readonly #rpc: JsonRpc;
  readonly #contracts: ProtocolContracts;
  readonly #informer: Informer;
  readonly #logs: ProtocolLogs;
  readonly #holders: readonly string[];
  #watched: { readonly start: StartFigures; readonly history: ProtocolHistory; readonly block: number } | undefined;

  /** `holders`: EVM addresses of everybody who can hold pool tokens besides the agents' vaults. */
  constructor(
    rpc: JsonRpc,
    contracts: ProtocolContracts,
    informer: Informer,
    logs: ProtocolLogs,
    holders: readonly string[],
  ) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#informer = informer;
    this.#logs = logs;
    this.#holders = holders;
  }

  /** From here on: nothing is open, and what there is now is the start. */
  async begin(): Promise<void> {
    const { block } = await this.#informer.point();
    const [figures, { underlying }] = await Promise.all([
      this.#figures(block),
      readAll(this.#rpc, block, { underlying: readUnderlyingClock(this.#contracts.assetManager) }),
    ]);
    const minted = figures.agents.reduce((sum, agent) => sum + agent.mintedUba, 0n);
    this.#watched = {
      block,
      history: emptyHistory(underlying),
      start: {
        unbackedUba: figures.supplyUba - minted,
        managerNativeWei: figures.managerNativeWei,
        burnedNativeWei: figures.burnedNativeWei,
        vaultTokenUnits: new Map(figures.agents.map((agent) => [agent.vault, agent.vaultTokenUnits])),
      },
    };
  }

  /** Everything at one block, no earlier than the last one looked at. */
  async look({ block }: Point): Promise<ProtocolSnapshot> {
    const watched = this.#watched;
    if (watched === undefined) throw new Error('the watch over the protocol was not begun');
    const [{ terms, ...figures }, events] = await Promise.all([
      this.#figures(block),
      this.#logs.between(watched.block + 1, block),
    ]);
    const history = continueHistory(watched.history, await this.#meaningOf(events, block), terms);
    this.#watched = { ...watched, block, history };
    return { ...figures, history, atStart: watched.start };
  }

  async #figures(block: number): Promise<Figures> {
    const { assetManager, fAsset, wNat } = this.#contracts;
    const pools = await this.#informer.pools();
    const holders = this.#holders;
    const { settings, extensionS, ...figures } = await readAll(this.#rpc, block, {
      agents: combineList(pools.map((pool) => readAgentFigures(pool, this.#contracts, holders))),
      queue: readTickets(assetManager, 'redemptionQueue', [0, QUEUE_PAGE]),
      settings: readSettings(assetManager),
      extensionS: readBigint(assetManager, assetManagerInterface, 'redemptionPaymentExtensionSeconds'),
      supplyUba: readBigint(fAsset, erc20Interface, 'totalSupply'),
      managerNativeWei: readNativeBalance(assetManager),
      burnedNativeWei: readNativeBalance(BURN_ADDRESS),
      wNatSupplyWei: readBigint(wNat, erc20Interface, 'totalSupply'),
      wNatBackingWei: readNativeBalance(wNat),
    });
    const { lotSizeUba, granularityUba, window } = settings;
    return { ...figures, lotSizeUba, terms: { granularityUba, window, extensionS } };
  }

  async #meaningOf(events: readonly ProtocolEvent[], block: number): Promise<HistoryEvent[]> {
    const ids = events
      .filter(({ event }) => event.name === 'CollateralReserved')
      .map(({ event }) => event.args['collateralReservationId'] as bigint);
    const reads: Record<string, Read<ReservationFee>> = Object.fromEntries(
      ids.map((id) => [id, readReservationFee(this.#contracts.assetManager, id)]),
    );
    const fees = await readAll(this.#rpc, block, reads);
    return events.flatMap((event) => meaningOf(event, fees));
  }
}

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
): Read<AgentFigures> {
  const holders = [...users, vault];
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
            (values) => values,
          ),
        ),
      ),
    },
    ({ info, queue, vaultTokenUnits, ...figures }) => ({ ...info, queue, vaultTokenUnits, pool: figures }),
  );
}

/** How a request ends; a failed payment comes after a default and ends nothing itself. */
const REDEMPTION_ENDS = new Set([
  'RedemptionPerformed',
  'RedemptionDefault',
  'RedemptionPaymentBlocked',
  'RedemptionRejected',
]);
const MINTING_ENDS = new Set(['MintingExecuted', 'MintingPaymentDefault', 'CollateralReservationDeleted']);
const REQUESTS = new Set(['RedemptionRequested', 'RedemptionWithTagRequested']);

function meaningOf(
  { event, vault, atS }: ProtocolEvent,
  fees: Readonly<Record<string, ReservationFee>>,
): HistoryEvent[] {
  if (vault !== undefined) return [];
  const { name, args } = event;
  const agent = String(args['agentVault'] ?? '').toLowerCase();
  if (name === 'CollateralReserved') {
    const id = args['collateralReservationId'] as bigint;
    const fee = fees[String(id)];
    const { valueUBA: valueUba, feeUBA: feeUba } = args.toObject() as { valueUBA: bigint; feeUBA: bigint };
    const terms = { reservationFeeWei: fee?.feeWei ?? 0n, poolFeeShareBips: fee?.shareBips ?? 0n };
    return [{ kind: 'reserved', id, vault: agent, valueUba, feeUba, opened: openingOf(event, atS), ...terms }];
  }
  if (MINTING_ENDS.has(name)) return [{ kind: 'minting ended', id: args['collateralReservationId'], how: name }];
  if (REQUESTS.has(name))
    return [
      {
        kind: 'requested',
        id: args['requestId'],
        vault: agent,
        valueUba: args['valueUBA'],
        opened: openingOf(event, atS),
      },
    ];
  if (name === 'CurrentUnderlyingBlockUpdated')
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
  if (!REDEMPTION_ENDS.has(name)) return [];
  const paidVaultUnits = name === 'RedemptionDefault' ? (args['redeemedVaultCollateralWei'] as bigint) : 0n;
  return [{ kind: 'redemption ended', id: args['requestId'], how: name, paidVaultUnits }];
}

function openingOf({ args }: LogDescription, atS: bigint): Opening {
  return {
    atS,
    window: {
      firstBlock: args['firstUnderlyingBlock'],
      lastBlock: args['lastUnderlyingBlock'],
      lastTimestampS: args['lastUnderlyingTimestamp'],
    },
  };
}
