/**
 * What the tests of the ledger share: a ledger on a clock in the hand, wallets, signing, funding.
 *
 * Signing here goes past xrpl.js's own validation, since most tests want what a careful wallet would never send.
 */
import { encode, encodeForMultisigning, encodeForSigning } from 'ripple-binary-codec';
import { sign } from 'ripple-keypairs';
import { ECDSA, Wallet } from 'xrpl';
import type { EngineResult } from './engine-result.ts';
import { accountIdHex } from './hashing.ts';
import { dispatch } from './rpc/dispatch.ts';
import type { ApiVersion, Host, Subscriber } from './rpc/types.ts';
import { Ledger, type LedgerOptions, type Submission } from './ledger.ts';

export const startS = 1_790_000_000;
export const xrp = (amount: number): bigint => BigInt(amount) * 1_000_000n;

/** A ledger with a clock that tests move by hand. */
export function ledgerAt(options: Partial<LedgerOptions> = {}): { ledger: Ledger; clock: { nowS: number } } {
  const clock = { nowS: startS };
  const genesisCloseTimeS = startS - 3 * 86_400;
  return { ledger: new Ledger({ nowS: () => clock.nowS, genesisCloseTimeS, firstIndex: 1000, ...options }), clock };
}

/** The same wallet for the same number, every time. */
export const walletOf = (number: number, algorithm = ECDSA.ed25519): Wallet =>
  Wallet.fromEntropy(new Uint8Array(16).fill(number), { algorithm });

export type Fields = Readonly<Record<string, unknown>>;

/** Signs whatever fields it is given; the blob as hex. */
export function signFields(wallet: Wallet, fields: Fields): string {
  const unsigned = { Fee: '12', ...fields, SigningPubKey: wallet.publicKey };
  return encode({ ...unsigned, TxnSignature: sign(encodeForSigning(unsigned), wallet.privateKey) });
}

/** Fields signed by several wallets, in the order the ledger wants. */
export function signTogether(fields: Fields, wallets: readonly Wallet[]): string {
  const unsigned = { ...fields, SigningPubKey: '' };
  const signers = wallets
    .toSorted((a, b) => (accountIdHex(a.classicAddress) < accountIdHex(b.classicAddress) ? -1 : 1))
    .map(({ classicAddress, publicKey, privateKey }) => {
      const signature = sign(encodeForMultisigning(unsigned, classicAddress), privateKey);
      return { Signer: { Account: classicAddress, SigningPubKey: publicKey, TxnSignature: signature } };
    });
  return encode({ ...unsigned, Signers: signers });
}

/** Signs for the wallet's own account with its next sequence number, where the fields do not say otherwise. */
export function signNext(ledger: Ledger, wallet: Wallet, fields: Fields): string {
  const account = typeof fields.Account === 'string' ? fields.Account : wallet.classicAddress;
  const sequence = ledger.account(account, 'open')?.sequence ?? 1;
  return signFields(wallet, { Account: account, Sequence: sequence, ...fields });
}

export const submitNext = (ledger: Ledger, wallet: Wallet, fields: Fields): Submission =>
  ledger.submit(signNext(ledger, wallet, fields));

export const resultOf = (ledger: Ledger, wallet: Wallet, fields: Fields): EngineResult =>
  submitNext(ledger, wallet, fields).engineResult;

export const payment = (destination: Wallet, amountDrops: bigint, more: Fields = {}): Fields => ({
  TransactionType: 'Payment',
  Destination: destination.classicAddress,
  Amount: amountDrops.toString(),
  ...more,
});

export const accountSet = (more: Fields = {}): Fields => ({ TransactionType: 'AccountSet', ...more });

/** A ledger in which the wallets exist with 100 XRP each. */
export function fundedLedger(wallets: readonly Wallet[], options: Partial<LedgerOptions> = {}): Ledger {
  const { ledger } = ledgerAt(options);
  for (const { classicAddress } of wallets) ledger.fund(classicAddress, xrp(100));
  ledger.close();
  return ledger;
}

/** Asks a server of `ledger`, without a connection unless there is a subscriber; the answer's result or error. */
export function asking(ledger: Ledger, role: 'public' | 'admin' = 'public', subscriber?: Subscriber) {
  const host: Host = {
    ledger,
    allowLedgerAccept: role === 'admin',
    startedAtS: startS,
    port: () => 0,
    refuse: () => undefined,
  };
  return (command: string, params: Fields = {}, apiVersion: ApiVersion = 2): Record<string, unknown> => {
    const connection = subscriber === undefined ? {} : { subscriber };
    const request = { command, params: { ...params, api_version: apiVersion }, apiVersion, ...connection };
    const answer = dispatch(host, request);
    return { ...('result' in answer ? answer.result : answer.error) };
  };
}

export const balanceOf = (ledger: Ledger, wallet: Wallet): bigint =>
  ledger.account(wallet.classicAddress, 'open')?.balanceDrops ?? 0n;
