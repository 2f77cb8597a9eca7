/**
 * The faucet: XRP out of the genesis account for whoever asks, as on testnet.
 *
 * The payment is in the open ledger when it answers; when that closes is up to whoever drives the ledger.
 */
import {
  Wallet,
  classicAddressToXAddress,
  isValidClassicAddress,
  isValidXAddress,
  xAddressToClassicAddress,
} from 'xrpl';
import { z } from 'zod';
import type { Ledger } from '../ledger.ts';
import type { HttpAnswer } from './json-rpc.ts';
import type { Result } from './types.ts';

export interface FaucetGrant {
  readonly address: string;
  readonly amountDrops: bigint;
  readonly transactionHash: string;
}

/** Called after each grant and awaited before the answer; the place to close a ledger. */
export type OnFaucet = (grant: FaucetGrant) => void | Promise<void>;

const order = z.looseObject({
  destination: z.string().optional(),
  xrpAmount: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,11}(\.\d{1,6})?$/))
    .default('100'),
});

const dropsOf = (xrp: string): bigint => {
  const [whole = '0', fraction = ''] = xrp.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
};

/** Answers the body of one POST to the faucet. */
export async function answerFaucet(ledger: Ledger, body: string, onFaucet: OnFaucet): Promise<HttpAnswer> {
  const parsed = order.safeParse(parseOrder(body));
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  const { destination, xrpAmount } = parsed.data;
  const made = destination === undefined ? Wallet.generate() : undefined;
  const address = made?.classicAddress ?? classicAddress(destination ?? '');
  if (address === undefined) return { status: 400, body: { error: `not an address: ${destination}` } };
  const amountDrops = dropsOf(xrpAmount);
  const transactionHash = ledger.fund(address, amountDrops);
  await onFaucet({ address, amountDrops, transactionHash });
  const balanceDrops = ledger.account(address, 'open')?.balanceDrops ?? 0n;
  return { status: 200, body: printGrant({ address, amountDrops, balanceDrops, transactionHash, seed: made?.seed }) };
}

interface Paid extends FaucetGrant {
  readonly balanceDrops: bigint;
  /** Of an account made on the spot. */
  readonly seed: string | undefined;
}

/** A faucet speaks of XRP in floating-point numbers. */
const printGrant = ({ address, amountDrops, balanceDrops, transactionHash, seed }: Paid): Result => ({
  account: { xAddress: classicAddressToXAddress(address, false, true), classicAddress: address, address },
  amount: Number(amountDrops) / 1e6,
  balance: Number(balanceDrops) / 1e6,
  transactionHash,
  ...(seed !== undefined && { seed }),
});

function parseOrder(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    // Refused by the schema, together with everything else that is no order.
    return undefined;
  }
}

function classicAddress(destination: string): string | undefined {
  if (isValidClassicAddress(destination)) return destination;
  if (!isValidXAddress(destination)) return undefined;
  return xAddressToClassicAddress(destination).classicAddress;
}
