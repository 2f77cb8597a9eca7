/**
 * The newest block that a node must have to answer a call, read from the calls' block tags. Nodes behind a load balancer
 * are not all equally far.
 */
export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Position of the block tag among the parameters. */
const TAG_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getBlockByNumber: 0,
};

/** The newest block that any call refers to, with `latest` as the newest seen; undefined when none does. */
export function blockNeededBy(calls: readonly RpcCall[], newestSeen: number): number | undefined {
  const needs = calls.flatMap((call) => {
    const tag = tagOf(call);
    if (tag === 'latest') return [newestSeen];
    return typeof tag === 'string' && tag.startsWith('0x') ? [Number(tag)] : [];
  });
  return needs.length === 0 ? undefined : Math.max(...needs);
}

function tagOf({ method, params }: RpcCall): unknown {
  if (method === 'eth_blockNumber') return 'latest';
  // A node that is behind silently leaves logs out.
  if (method === 'eth_getLogs') return (params[0] as { toBlock?: unknown } | undefined)?.toBlock ?? 'latest';
  const at = TAG_AT[method];
  return at === undefined ? undefined : params[at];
}

const GIVES_RECEIPT = new Set(['eth_getTransactionReceipt', 'eth_sendRawTransactionSync']);

/** The newest block that an answer has shown: a receipt's, or the head's. */
export function newestBlockIn(calls: readonly RpcCall[], results: readonly unknown[]): number {
  const shown = calls.map(({ method }, index) => {
    const result = results[index];
    if (typeof result !== 'object' || result === null) return 0;
    if (GIVES_RECEIPT.has(method) && 'blockNumber' in result) return Number(result.blockNumber);
    return method === 'eth_getBlockByNumber' && 'number' in result ? Number(result.number) : 0;
  });
  return Math.max(0, ...shown);
}
