/** Looks for signed transactions of one nonce on the EVM chain, and offers their bytes again. It needs no key. */
import type { Verdict } from '../verdict.ts';
import { realPause } from '../endpoints.ts';
import type { SignedTransaction } from '../journal.ts';
import type { Chain, Found } from '../sending.ts';
import { type JsonRpc, JsonRpcError, RpcTransportError } from './json-rpc.ts';
import { type Receipt, type RpcReceipt, toReceipt } from './receipt.ts';

export interface SettleTerms {
  /** Real milliseconds between two polls. */
  readonly receiptPollMs: number;
  /** Real milliseconds after which the outcome is reported as unknown. */
  readonly receiptTimeoutMs: number;
  /** Blocks that must follow a block before it counts; none by default. */
  readonly confirmations?: number;
}

/** Nobody can tell yet whether the transaction will ever be in a block. */
export class OutcomeUnknown extends Error implements Verdict {
  override name = 'OutcomeUnknown';
  readonly verdict = 'unknown';
  readonly kind = 'OutcomeUnknown';
}

/**
 * The chain as these nodes show it. Receipts count when they are as deep as the terms ask; waiting ends with
 * OutcomeUnknown.
 */
export function evmChain(rpc: JsonRpc, terms: SettleTerms): Chain<Receipt> {
  const { receiptPollMs, receiptTimeoutMs, confirmations = 0 } = terms;
  return {
    looksBetweenOffers: 5,
    looksToDeath: 3,
    look: (rivals) => lookFor(rpc, rivals, confirmations),
    offerAgain: async ({ raw }) => {
      try {
        await rpc.call('eth_sendRawTransaction', [raw]);
        return true;
      } catch (error) {
        if (error instanceof RpcTransportError) return true;
        if (error instanceof JsonRpcError) return saysLittle(error);
        throw error;
      }
    },
    pause: async (rivals, _, waitedMs) => {
      if (waitedMs > receiptTimeoutMs) throw new OutcomeUnknown(lateText(rivals, terms));
      await realPause(receiptPollMs);
    },
  };
}

/** One look at one node: receipts, head and nonce in the same round trip, so that they belong together. */
async function lookFor(
  rpc: JsonRpc,
  rivals: readonly SignedTransaction[],
  confirmations: number,
): Promise<Found<Receipt>> {
  const [first] = rivals;
  if (first === undefined) throw new RangeError('no transaction to look for');
  const [nonce, head, ...receipts] = await rpc.batch<[string, string, ...(RpcReceipt | null)[]]>([
    { method: 'eth_getTransactionCount', params: [first.account, 'latest'] },
    { method: 'eth_blockNumber', params: [] },
    ...rivals.map(({ hash }) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
  ]);
  const receipt = receipts.find((found) => found !== null);
  if (receipt !== undefined) {
    const isDeep = Number(head) - Number(receipt.blockNumber) >= confirmations;
    // In a block that is not deep enough yet: only time helps.
    return isDeep ? { kind: 'final', final: toReceipt(receipt) } : { kind: 'waiting' };
  }
  if (Number(nonce) <= first.sequence) return { kind: 'nowhere' };
  if (confirmations === 0) return { kind: 'gone' };
  const deepBlock = Math.max(0, Number(head) - confirmations);
  const deepNonce = await rpc.call<string>('eth_getTransactionCount', [first.account, `0x${deepBlock.toString(16)}`]);
  return { kind: Number(deepNonce) > first.sequence ? 'gone' : 'waiting' };
}

function lateText(rivals: readonly SignedTransaction[], { receiptTimeoutMs }: SettleTerms): string {
  const hashes = rivals.map(({ hash }) => hash).join(', ');
  return `transaction ${hashes} has no receipt after ${receiptTimeoutMs} ms: outcome unknown`;
}

/**
 * True when a node's error leaves open what becomes of the transaction: the node already has it or a rival, could not wait
 * for it, asks for a higher fee at the moment, or is in trouble itself. After any other error the transaction was not
 * taken.
 */
export function saysLittle({ code, message }: JsonRpcError): boolean {
  const isNodeInTrouble = code === 4 || code === -32603 || code === -32005;
  return (
    isNodeInTrouble ||
    /already|known transaction|nonce.* too low|replacement|timed? ?out|underpriced|less than block base fee/i.test(
      message,
    )
  );
}
