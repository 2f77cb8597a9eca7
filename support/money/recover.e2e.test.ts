/** Everything that a dead process signed is settled, rivals together, even when one of them fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningKey, Transaction, computeAddress } from 'ethers';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startLedger, startChain, TERMS, timeInTheHand } from '../chaos/testing/struck-network.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { JournalFile } from '../clients/journal-file.ts';
import type { SignedTransaction } from '../clients/journal.ts';
import { LedgerAccount } from '../clients/xrpl/ledger-account.ts';
import { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import { Closers } from '../devnet/closers.ts';
import { HANG_MS } from '../units/hang.ts';
import { setBalances } from '../devnet/chain/chain-terms.ts';
import { balanceOf, walletOf, xrp } from '../devnet/ledger/testing.ts';
import { settlePending } from './recover.ts';

const KEY = new SigningKey(`0x${'5b'.repeat(32)}`);
const SENDER = computeAddress(KEY.publicKey);
const PAYEE = `0x${'ed'.repeat(20)}`;
const NETWORK = { chainId: 31337, genesisHash: `0x${'ab'.repeat(32)}`, ledgerNetworkId: 1 };
const alice = walletOf(1);
const bob = walletOf(2);

let chain: Awaited<ReturnType<typeof startChain>>;
let ledger: Awaited<ReturnType<typeof startLedger>>;
let rpc: JsonRpc;
let client: LedgerClient;
const opened = new Closers();
afterAll(() => opened.close());
beforeAll(async () => {
  chain = await startChain();
  opened.add(() => chain.stop());
  rpc = new JsonRpc(chain.record.chain.rpcUrls, { timeoutMs: HANG_MS });
  opened.add(async () => rpc.close());
  ledger = await startLedger([alice, bob]);
  opened.add(() => ledger.stop());
  client = new LedgerClient(ledger.record.ledger.webSocketUrls, { timeoutMs: HANG_MS });
  opened.add(() => client.disconnect());
});

const waiter = {
  nowS: () => Promise.resolve(0),
  sleepS: () => Promise.resolve(void ledger.ledger.close()),
};
let journal: JournalFile;
let nonce: number;
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  journal = new JournalFile(join(folder, 'user-1.journal.jsonl'), NETWORK, () => undefined);
  await setBalances(
    rpc,
    new Map([
      [SENDER, 10n ** 20n],
      [PAYEE, 0n],
    ]),
  );
  nonce = Number(await rpc.call<string>('eth_getTransactionCount', [SENDER, 'latest']));
});

const world = (receiptTimeoutMs = TERMS.receiptTimeoutMs) => ({
  rpc,
  ledger: client,
  record: ledger.record,
  chainTerms: { ...TERMS, receiptTimeoutMs },
});
const session = () => ({ journal, forget: () => undefined });
const received = async () => BigInt(await rpc.call<string>('eth_getBalance', [PAYEE, 'latest']));

function signed(valueWei: bigint, maxFeePerGas: bigint, sequence = nonce): SignedTransaction {
  const transaction = Transaction.from({
    type: 2,
    chainId: TERMS.chainId,
    nonce: sequence,
    to: PAYEE,
    value: valueWei,
    gasLimit: 21_000n,
    maxFeePerGas,
    maxPriorityFeePerGas: 1n,
  });
  transaction.signature = KEY.sign(transaction.unsignedHash);
  return { chain: 'evm', hash: transaction.hash ?? '', raw: transaction.serialized, account: SENDER, sequence };
}

/** A payment as it is signed right before a crash. */
async function signedPayment(): Promise<SignedTransaction> {
  const found: SignedTransaction[] = [];
  const crashing = new LedgerAccount(client, alice.seed ?? '', 1, {
    signed: (transaction) => {
      found.push(transaction);
      throw new Error('crash');
    },
    final: () => undefined,
  });
  const order = { destination: bob.classicAddress, amountDrops: xrp(2) };
  await expect(crashing.pay(order, waiter)).rejects.toThrow('crash');
  const [payment] = found;
  if (payment === undefined) throw new Error('nothing was signed');
  return payment;
}

/** The chain asks for this much a unit of gas from the next block on. */
async function withBaseFee(feeWei: bigint): Promise<void> {
  await rpc.call('anvil_setNextBlockBaseFeePerGas', [`0x${feeWei.toString(16)}`]);
  onTestFinished(async () => {
    await rpc.call('anvil_setNextBlockBaseFeePerGas', ['0x0']);
    await rpc.call('evm_mine');
  });
}

test('two rivals of one nonce, of which only the dearer can get in: it does, and the other is dead', async () => {
  const [cheap, dear] = [signed(5n, 10n), signed(5n, 30_000_000_000n)];
  for (const rival of [cheap, dear]) journal.signed(rival);
  await withBaseFee(20_000_000_000n);
  const resumed = await settlePending(world(), session(), waiter);
  expect(new Map(resumed.map(({ hash, fate }) => [hash, fate]))).toEqual(
    new Map([
      [dear.hash, 'done'],
      [cheap.hash, 'dead'],
    ]),
  );
  expect(await received()).toBe(5n);
  expect(journal.openEntries()).toEqual([]);
});

test('two rivals of which the account can pay the older only: it gets in', async () => {
  const [affordable, beyond] = [signed(5n, 10_000_000_000n), signed(5n, 10n ** 18n)];
  for (const rival of [affordable, beyond]) journal.signed(rival);
  await settlePending(world(), session(), waiter);
  expect(journal.transactions().map(({ fate }) => fate)).toEqual(['done', 'dead']);
  expect(await received()).toBe(5n);
});

test('a rival whose fate a crash cut off is dead when the other is known to be in', async () => {
  const [first, second] = [signed(5n, 10_000_000_000n), signed(5n, 30_000_000_000n)];
  for (const rival of [first, second]) journal.signed(rival);
  journal.final(second.hash, 'failed');
  expect(await settlePending(world(), session(), waiter)).toEqual([{ hash: first.hash, fate: 'dead' }]);
  expect(await received()).toBe(0n);
});

/** Whether the node has it, in a block or not. */
const isKnown = async ({ hash }: SignedTransaction) => (await rpc.call('eth_getTransactionByHash', [hash])) !== null;

test('one that cannot be settled keeps no other from it, on either chain, and is told', async () => {
  const payment = await signedPayment();
  const before = balanceOf(ledger.ledger, bob);
  const early = signed(7n, 30_000_000_000n, nonce + 5);
  const now = signed(5n, 30_000_000_000n);
  for (const transaction of [early, now, payment]) journal.signed(transaction);
  const passMs = timeInTheHand();
  const settled = settlePending(world(), session(), waiter);
  await expect.poll(() => isKnown(early)).toBe(true);
  passMs(TERMS.receiptTimeoutMs + 1);
  await expect(settled).rejects.toThrow(early.hash);
  expect(journal.transactions().map(({ fate }) => fate)).toEqual([undefined, 'done', 'done']);
  expect(await received()).toBe(5n);
  expect(balanceOf(ledger.ledger, bob) - before).toBe(xrp(2));
});

test('several that cannot be settled are all told', async () => {
  const open = [signed(7n, 30_000_000_000n, nonce + 5), signed(7n, 30_000_000_000n, nonce + 7)];
  for (const transaction of open) journal.signed(transaction);
  const error = await settlePending(world(100), session(), waiter).catch((reason: unknown) => reason);
  for (const { hash } of open) expect(String(error)).toContain(hash);
});
