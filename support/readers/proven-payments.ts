/** Which payment each execution of a minting proved, as its sender asked for it: the event names none. */
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';

interface RpcTransaction {
  readonly to: string | null;
  readonly input: string;
}

/**
 * By the hash of the transaction on the chain, that of the payment on the ledger (lower-case hex with 0x). A transaction that
 * called some other contract, which executed the minting in turn, does not tell.
 */
export async function readProvenPayments(
  rpc: Pick<JsonRpc, 'batch'>,
  { assetManager }: Pick<ProtocolContracts, 'assetManager'>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const transactions = await rpc.batch<(RpcTransaction | null)[]>(
    hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
  );
  return new Map(
    transactions.flatMap((transaction, index): [string, string][] => {
      const hash = hashes[index] ?? '';
      if (transaction === null) throw new Error(`the node does not have transaction ${hash}`);
      if (transaction.to?.toLowerCase() !== assetManager.toLowerCase()) return [];
      const call = assetManagerInterface.parseTransaction({ data: transaction.input });
      if (call?.name !== 'executeMinting') return [];
      return [[hash, String(call.args[0].data.requestBody.transactionId).toLowerCase()]];
    }),
  );
}
