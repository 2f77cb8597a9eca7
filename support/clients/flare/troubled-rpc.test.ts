/** What a delayed and a dropped transaction meet, on a chain that only counts. */
import { SigningKey, Transaction } from 'ethers';
import { expect, test } from 'vitest';
import { JsonRpc, JsonRpcError, type RpcCall } from './json-rpc.ts';
import { type ChainTrouble, DELAY_BLOCKS, TroubledRpc } from './troubled-rpc.ts';

const KEY = new SigningKey(`0x${'11'.repeat(32)}`);
/** Signed with nonce 0, for that fee. */
function signedFor(feeWei: bigint): string {
  const transaction = Transaction.from({ type: 2, chainId: 1, nonce: 0, gasLimit: 21_000n, maxFeePerGas: feeWei });
  transaction.signature = KEY.sign(transaction.unsignedHash);
  return transaction.serialized;
}
const RAW = signedFor(1n);

class CountingChain extends JsonRpc {
  readonly calls: string[] = [];
  readonly sent: unknown[] = [];

  constructor() {
    super('http://127.0.0.1:0');
  }

  override async batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    this.calls.push(...calls.map(({ method }) => method));
    this.sent.push(...calls.filter(({ method }) => method.startsWith('eth_send')).flatMap(({ params }) => params));
    return calls.map(() => null) as unknown as T;
  }
}

function troubled(trouble: ChainTrouble | undefined) {
  const chain = new CountingChain();
  const state = { trouble };
  const rpc = new TroubledRpc(chain, () => state.trouble);
  const send = (raw = RAW) =>
    rpc.call('eth_sendRawTransactionSync', [raw]).then(
      () => 'taken',
      (error: unknown) => (error instanceof JsonRpcError ? error.code : error),
    );
  const look = () => rpc.call('eth_getTransactionReceipt', ['0x00']);
  return { chain, state, rpc, send, look };
}

test('a delayed one gets in after so many blocks, once, however often it is sent', async () => {
  const { chain, send, look } = troubled('delay');
  expect([await send(), await send()]).toEqual([4, -32_000]);
  for (let looks = 0; looks < DELAY_BLOCKS + 2; looks += 1) await look();
  expect(chain.calls.filter((method) => method === 'evm_mine')).toHaveLength(DELAY_BLOCKS);
  expect(chain.calls.filter((method) => method.startsWith('eth_send'))).toHaveLength(1);
  expect(await send()).toBe('taken');
});

test('a dropped one gets in when it is sent again, and not before', async () => {
  const { chain, send, look } = troubled('drop');
  expect(await send()).toBe(4);
  await look();
  expect(chain.calls).toEqual(['eth_getTransactionReceipt']);
  expect(await send()).toBe('taken');
});

test('without trouble, or after a reset, everything passes as it is', async () => {
  const { chain, state, rpc, send, look } = troubled('delay');
  await send();
  rpc.reset();
  state.trouble = undefined;
  await look();
  expect(await send()).toBe('taken');
  expect(chain.calls).toEqual(['eth_getTransactionReceipt', 'eth_sendRawTransactionSync']);
});

test('a dearer one of the same nonce takes the place of a delayed one', async () => {
  const { chain, state, send, look } = troubled('delay');
  await send();
  expect(await send(signedFor(2n))).toBe(4);
  for (let looks = 0; looks < DELAY_BLOCKS + 2; looks += 1) await look();
  expect(chain.sent).toEqual([signedFor(2n)]);
  await send();
  state.trouble = undefined;
  expect(await send(signedFor(3n))).toBe('taken');
  for (let looks = 0; looks < DELAY_BLOCKS + 2; looks += 1) await look();
  expect(chain.sent).toEqual([signedFor(2n), signedFor(3n)]);
});
