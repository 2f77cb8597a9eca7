/** Others' transactions as their senders asked for them. What comes of them is the model's business. */
import type { Interface } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface, erc20Interface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { ForeignCall } from '../model/foreign-calls.ts';

interface RpcTransaction {
  readonly hash: string;
  readonly from: string;
  /** Null for the creation of a contract. */
  readonly to: string | null;
  readonly input: string;
}

/** The calls of these transactions, in order; those to contracts or functions that nobody knows are left out. */
export async function readForeignCalls(
  rpc: Pick<JsonRpc, 'batch'>,
  { fAsset, assetManager }: Pick<ProtocolContracts, 'fAsset' | 'assetManager'>,
  hashes: readonly string[],
): Promise<ForeignCall[]> {
  if (hashes.length === 0) return [];
  const known = new Map<string, { readonly name: string; readonly contract: Interface }>([
    [fAsset.toLowerCase(), { name: 'fAsset', contract: erc20Interface }],
    [assetManager.toLowerCase(), { name: 'assetManager', contract: assetManagerInterface }],
  ]);
  const transactions = await rpc.batch<(RpcTransaction | null)[]>(
    hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
  );
  return transactions.flatMap((transaction, index): ForeignCall[] => {
    if (transaction === null) throw new Error(`the node does not have transaction ${hashes[index]}`);
    const { hash, from, to, input } = transaction;
    const target = known.get(to?.toLowerCase() ?? '');
    const call = target?.contract.parseTransaction({ data: input });
    if (target === undefined || !call) return [];
    const args = Object.fromEntries(
      Object.entries(call.args.toObject()).flatMap(([name, value]): [string, string | bigint][] =>
        typeof value === 'bigint' ? [[name, value]] : typeof value === 'string' ? [[name, value.toLowerCase()]] : [],
      ),
    );
    return [{ hash, sender: from.toLowerCase(), what: `${target.name}.${call.name}`, args }];
  });
}
