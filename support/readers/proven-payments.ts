/** Which payment each execution of a minting proved, as its sender showed it: the events tell only what came of it. */
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';

interface RpcTransaction {
  readonly to: string | null;
  readonly input: string;
}

export interface ProvenPayment {
  /** On the ledger, lower-case hex with 0x. */
  readonly hash: string;
  readonly receivedUba: bigint;
}

const EXECUTIONS = new Set(['executeMinting', 'executeDirectMinting']);

/**
 * By the hash of the transaction on the chain, the payment on the ledger that its proof shows. A transaction that
 * called some other contract, which executed the minting in turn, does not tell.
 */
export async function readProvenPayments(
  rpc: Pick<JsonRpc, 'batch'>,
  { assetManager }: Pick<ProtocolContracts, 'assetManager'>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, ProvenPayment>> {
  const transactions = await rpc.batch<(RpcTransaction | null)[]>(
    hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
  );
  return new Map(
    transactions.flatMap((transaction, index): [string, ProvenPayment][] => {
      const hash = hashes[index] ?? '';
      if (transaction === null) throw new Error(`the node does not have transaction ${hash}`);
      if (transaction.to?.toLowerCase() !== assetManager.toLowerCase()) return [];
      const call = assetManagerInterface.parseTransaction({ data: transaction.input });
      if (call === null || !EXECUTIONS.has(call.name)) return [];
      const { requestBody, responseBody } = call.args[0].data;
      return [
        [
          hash,
          { hash: String(requestBody.transactionId).toLowerCase(), receivedUba: responseBody.receivedAmount as bigint },
        ],
      ];
    }),
  );
}
