/**
 * What a user's own transactions began, read from their receipts: reservations, redemption requests, pool entries. What
 * became of it since is read elsewhere.
 */
import type { LogDescription } from 'ethers';
import type { EventLog } from '../clients/flare/account.ts';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface, poolInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { PoolAddresses } from './pool-reads.ts';

export interface OwnActs {
  readonly reservations: readonly bigint[];
  readonly requests: readonly bigint[];
  readonly entries: readonly OwnPoolEntry[];
}

/** Pool tokens that were locked when they were received. */
export interface OwnPoolEntry {
  /** Agent vault, lower-case. */
  readonly vault: string;
  readonly tokensWei: bigint;
  /** Free from this second on. */
  readonly endS: bigint;
}

interface RpcReceipt {
  readonly logs: readonly EventLog[];
}

/** Receipts asked for in one round trip. */
const PAGE = 50;

/**
 * What the user (EVM address) began in the transactions with these hashes. A hash without a receipt (a ledger hash, or a
 * transaction that never was) began nothing.
 */
export async function readOwnActs(
  rpc: JsonRpc,
  { assetManager }: ProtocolContracts,
  pools: readonly PoolAddresses[],
  user: string,
  hashes: readonly string[],
): Promise<OwnActs> {
  const logs = await logsOf(
    rpc,
    hashes.filter((hash) => hash.startsWith('0x')),
  );
  const ids = (names: readonly string[], id: string, party: string): bigint[] =>
    logs
      .filter(({ address }) => isSame(address, assetManager))
      .flatMap((log) => parsed(assetManagerInterface.parseLog(log)))
      .filter(({ name, args }) => names.includes(name) && isSame(String(args[party]), user))
      .map(({ args }) => args[id] as bigint);
  return {
    reservations: ids(['CollateralReserved'], 'collateralReservationId', 'minter'),
    requests: ids(['RedemptionRequested', 'RedemptionWithTagRequested'], 'requestId', 'redeemer'),
    entries: logs.flatMap((log) => entriesOf(log, pools, user)),
  };
}

async function logsOf(rpc: JsonRpc, hashes: readonly string[]): Promise<EventLog[]> {
  const found: EventLog[] = [];
  for (let at = 0; at < hashes.length; at += PAGE) {
    const page = hashes.slice(at, at + PAGE);
    const receipts = await rpc.batch<(RpcReceipt | null)[]>(
      page.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
    );
    found.push(...receipts.flatMap((receipt) => receipt?.logs ?? []));
  }
  return found;
}

function entriesOf(log: EventLog, pools: readonly PoolAddresses[], user: string): OwnPoolEntry[] {
  const pool = pools.find((candidate) => isSame(candidate.pool, log.address));
  if (pool === undefined) return [];
  return parsed(poolInterface.parseLog(log))
    .filter(({ name, args }) => name === 'CPEntered' && isSame(String(args['tokenHolder']), user))
    .map(({ args }) => ({
      vault: pool.vault,
      tokensWei: args['receivedTokensWei'] as bigint,
      endS: args['timelockExpiresAt'] as bigint,
    }));
}

const parsed = (event: LogDescription | null): LogDescription[] => (event === null ? [] : [event]);
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
