/**
 * Transactions that name an executor, and those that end a record which has one: what was sent with them, and by whom. Events do
 * not say either.
 */
import { ZeroAddress } from 'ethers';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { NamedExecutor, ProtocolHistory } from '../model/protocol-history.ts';
import type { RecordId } from '../model/state.ts';
import { mintingRecord, redemptionRecord } from '../model/records.ts';
import type { ProtocolEvent } from './protocol-logs.ts';

/** What an event does not say. */
export interface ExecutorAct {
  readonly executor?: NamedExecutor;
  /** Lower-case. */
  readonly caller?: string;
}

interface RpcTransaction {
  readonly from: string;
  readonly value: string;
}

/** The record that an event of the asset manager is about. */
function recordOf({ event: { args } }: ProtocolEvent): RecordId | undefined {
  const { collateralReservationId: reservation, requestId: request } = args.toObject();
  if (typeof reservation === 'bigint') return mintingRecord(reservation);
  return typeof request === 'bigint' ? redemptionRecord(request) : undefined;
}

/** Lower-case, of an event that opens a record; undefined for all others. */
function namedBy({ event: { args } }: ProtocolEvent): string | undefined {
  const { executor } = args.toObject();
  return typeof executor === 'string' && executor !== ZeroAddress ? executor.toLowerCase() : undefined;
}

/** Reads nothing as long as nobody names an executor. */
export async function readExecutorActs(
  rpc: Pick<JsonRpc, 'batch'>,
  events: readonly ProtocolEvent[],
  { reservations, requests }: Pick<ProtocolHistory, 'reservations' | 'requests'>,
): Promise<(event: ProtocolEvent) => ExecutorAct> {
  const opening = events.filter((event) => recordOf(event) !== undefined && namedBy(event) !== undefined);
  const entrusted = new Set([
    ...[...reservations].filter(([, open]) => open.executor !== undefined).map(([id]) => mintingRecord(id)),
    ...[...requests].filter(([, open]) => open.executor !== undefined).map(([id]) => redemptionRecord(id)),
    ...opening.map((event) => recordOf(event) ?? ''),
  ]);
  const about = events.filter((event) => entrusted.has(recordOf(event) ?? 'none'));
  const hashes = [...new Set(about.map(({ hash }) => hash))];
  if (hashes.length === 0) return () => ({});
  const transactions = await rpc.batch<(RpcTransaction | null)[]>(
    hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
  );
  const byHash = new Map(hashes.map((hash, index) => [hash, transactions[index] ?? undefined]));
  return (event) => {
    const transaction = byHash.get(event.hash);
    if (transaction === undefined) return {};
    const address = namedBy(event);
    if (address === undefined) return { caller: transaction.from.toLowerCase() };
    const opened = opening.filter(({ hash }) => hash === event.hash);
    const sentWei = BigInt(transaction.value);
    return { executor: { address, sentWei, index: opened.indexOf(event), of: opened.length } };
  };
}
