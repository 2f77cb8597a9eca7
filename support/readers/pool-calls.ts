/** What the senders of transactions asked pools and pool tokens for: the amounts that pools' events are held against. */
import { poolInterface, poolTokenInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';

interface RpcTransaction {
  readonly hash: string;
  /** Null for the creation of a contract. */
  readonly to: string | null;
  readonly input: string;
  readonly value: string;
}

/** The amount that a transaction names, by its hash: of native coin, pool tokens or FAssets, as its function says. */
export type PoolCalls = ReadonlyMap<string, { readonly name: string; readonly to: string; readonly amount: bigint }>;

/** Which argument names the amount; entering brings it along. */
const AMOUNTS: Readonly<Record<string, string>> = {
  exit: 'tokens',
  withdrawFees: 'fees',
  payFAssetFeeDebt: 'fees',
  transfer: 'amount',
};

/** Transactions that reach a pool by way of another contract name no amount of their own, and are left out. */
export async function readPoolCalls(rpc: Pick<JsonRpc, 'batch'>, hashes: readonly string[]): Promise<PoolCalls> {
  if (hashes.length === 0) return new Map();
  const transactions = await rpc.batch<(RpcTransaction | null)[]>(
    hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
  );
  return new Map(
    transactions.flatMap((transaction, index) => {
      if (transaction === null) throw new Error(`the node does not have transaction ${hashes[index]}`);
      const { hash, to, input, value } = transaction;
      const call =
        poolInterface.parseTransaction({ data: input }) ?? poolTokenInterface.parseTransaction({ data: input });
      if (to === null || call === null) return [];
      const named = AMOUNTS[call.name];
      if (named === undefined && call.name !== 'enter') return [];
      const amount = named === undefined ? BigInt(value) : (call.args[named] as bigint);
      return [[hash, { name: call.name, to: to.toLowerCase(), amount }] as const];
    }),
  );
}
