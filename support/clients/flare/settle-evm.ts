/**
 * Finds out what became of signed transactions of one nonce: looks for each by its hash, sends the same bytes again while
 * none is there, and tells when it is certain. It never signs.
 */
import { realPause } from '../endpoints.ts';
import type { SignedTransaction, TransactionFate } from '../journal.ts';
import { type JsonRpc, JsonRpcError, RpcTransportError } from './json-rpc.ts';
import { type Receipt, type RpcReceipt, toReceipt } from './receipt.ts';

export interface SettleTerms {
  /** Real milliseconds between two looks. */
  readonly receiptPollMs: number;
  /** Real milliseconds after which the outcome is reported as unknown. */
  readonly receiptTimeoutMs: number;
  /** Blocks that must stand above a block before it counts; none unless said. */
  readonly confirmations?: number;
}

/** Nobody can tell yet whether the transaction will ever be in a block. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/**
 * Fate of one transaction, for example one that a crash left behind. Sends its bytes again if it is in no block. Throws
 * OutcomeUnknown when the time is over.
 */
export async function settleEvm(rpc: JsonRpc, tx: SignedTransaction, terms: SettleTerms): Promise<TransactionFate> {
  return fateOf(tx, await settleNonce(rpc, [tx], terms, { isSent: false }));
}

/** What a receipt says of a transaction of the same nonce; without one all of them are dead. */
export function fateOf({ hash }: SignedTransaction, receipt: Receipt | undefined): TransactionFate {
  if (receipt === undefined || receipt.hash !== hash) return 'dead';
  return receipt.succeeded ? 'done' : 'failed';
}

/** Looks without a find after which the same bytes are sent again. */
const LOOKS_BETWEEN_SENDS = 5;
/** Looks in a row that must find the nonce used and no receipt: a balancer may ask two nodes for the two. */
const LOOKS_TO_DEATH = 3;

export interface Pursuit {
  /** Whether a node has been given the bytes already. */
  readonly isSent: boolean;
  /** Called after each look in vain; what it gives, signed with the same nonce, is a new rival and is sent at once. */
  readonly whenLate?: (waitedMs: number) => SignedTransaction | undefined;
}

/**
 * The receipt of the one of `rivals` that is in a block as deep as asked, undefined when something else has used up their
 * nonce at that depth. All rivals have the same sender and nonce, so no more than one of them can win. Throws
 * OutcomeUnknown when the time is over.
 */
export async function settleNonce(
  rpc: JsonRpc,
  rivals: readonly SignedTransaction[],
  terms: SettleTerms,
  { isSent, whenLate }: Pursuit,
): Promise<Receipt | undefined> {
  const startMs = performance.now();
  const all = [...rivals];
  let signsOfDeath = 0;
  for (let looks = isSent ? 1 : 0; ; looks += 1) {
    const found = await lookFor(rpc, all, terms.confirmations ?? 0);
    if (found.kind === 'receipt') return found.receipt;
    signsOfDeath = found.kind === 'nonce gone' ? signsOfDeath + 1 : 0;
    if (signsOfDeath === LOOKS_TO_DEATH) return undefined;
    const waitedMs = performance.now() - startMs;
    if (waitedMs > terms.receiptTimeoutMs) throw new OutcomeUnknown(lateText(all, terms));
    if (found.kind === 'nowhere') {
      const rival = whenLate?.(waitedMs);
      if (rival !== undefined) all.unshift(rival);
      if (rival !== undefined || looks % LOOKS_BETWEEN_SENDS === 0) await sendAgain(rpc, all);
    }
    await realPause(terms.receiptPollMs);
  }
}

type Found =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  /** In a block that is not deep enough yet, or its nonce is used up, but not as deep. */
  | { readonly kind: 'not deep enough' }
  | { readonly kind: 'nonce gone' }
  | { readonly kind: 'nowhere' };

/** One look at one node: receipts, head and nonce in the same round trip, so that they belong together. */
async function lookFor(rpc: JsonRpc, rivals: readonly SignedTransaction[], confirmations: number): Promise<Found> {
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
    return isDeep ? { kind: 'receipt', receipt: toReceipt(receipt) } : { kind: 'not deep enough' };
  }
  if (Number(nonce) <= first.sequence) return { kind: 'nowhere' };
  if (confirmations === 0) return { kind: 'nonce gone' };
  const deepBlock = Math.max(0, Number(head) - confirmations);
  const deepNonce = await rpc.call<string>('eth_getTransactionCount', [first.account, `0x${deepBlock.toString(16)}`]);
  return { kind: Number(deepNonce) > first.sequence ? 'nonce gone' : 'not deep enough' };
}

/** Whatever the node says to it: where the transaction is, the next look shows. */
async function sendAgain(rpc: JsonRpc, rivals: readonly SignedTransaction[]): Promise<void> {
  const [newest] = rivals;
  if (newest === undefined) return;
  try {
    await rpc.call('eth_sendRawTransaction', [newest.raw]);
  } catch (error) {
    if (!(error instanceof JsonRpcError || error instanceof RpcTransportError)) throw error;
  }
}

function lateText(rivals: readonly SignedTransaction[], { receiptTimeoutMs }: SettleTerms): string {
  const hashes = rivals.map(({ hash }) => hash).join(', ');
  return `transaction ${hashes} has no receipt after ${receiptTimeoutMs} ms: outcome unknown`;
}
