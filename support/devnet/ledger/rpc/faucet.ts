/**
 * The faucet: gives XRP of the genesis account on request, as on testnet.
 *
 * The payment is in the open ledger when the faucet answers; whoever drives the ledger closes it.
 */
import { randomBytes } from 'node:crypto';
import {
  classicAddressToXAddress,
  encodeSeed,
  isValidClassicAddress,
  isValidXAddress,
  xAddressToClassicAddress,
} from 'ripple-address-codec';
import { z } from 'zod';
import { ledgerAddressOf } from '../../../clients/xrpl/keys.ts';
import { decimalText } from '../../../units/format.ts';
import { parseJsonOrNothing } from '../../http/bounded-json.ts';
import type { HttpAnswer } from '../../http/http-server.ts';
import { genesisAddress } from '../genesis.ts';
import { FundingFailed, type Ledger } from '../ledger.ts';
import type { Result } from './types.ts';

export interface FaucetGrant {
  readonly address: string;
  readonly amountDrops: bigint;
  readonly transactionHash: string;
}

/** Called after each grant and awaited before the answer; the place to close a ledger. */
export type OnFaucet = (grant: FaucetGrant) => void | Promise<void>;

const DECIMALS = 6;
const SEED_BYTES = 16;
const order = z.looseObject({
  destination: z.string().optional(),
  xrpAmount: z.union([z.string(), z.number()]).transform(String).default('100'),
});

/** Answers the body of one POST to the faucet. What it cannot pay is refused with status 400 and a sentence. */
export async function answerFaucet(ledger: Ledger, body: string, onFaucet: OnFaucet): Promise<HttpAnswer> {
  const parsed = order.safeParse(body.trim() === '' ? {} : parseJsonOrNothing(body));
  if (!parsed.success) return refusal(`not an order in JSON: ${z.prettifyError(parsed.error)}`);
  const { destination, xrpAmount } = parsed.data;
  const seed = destination === undefined ? encodeSeed(randomBytes(SEED_BYTES), 'ed25519') : undefined;
  const address = seed === undefined ? classicAddress(destination ?? '') : ledgerAddressOf(seed);
  if (address === undefined) return refusal(`destination is not an address: ${shown(destination ?? '')}`);
  const amountDrops = dropsOf(xrpAmount);
  if (amountDrops === undefined)
    return refusal(`xrpAmount is an amount of XRP above 0 with at most ${DECIMALS} decimals, not ${shown(xrpAmount)}`);
  const obstacle = obstacleTo(ledger, address, amountDrops);
  if (obstacle !== undefined) return refusal(obstacle);
  try {
    const transactionHash = ledger.fund(address, amountDrops);
    await onFaucet({ address, amountDrops, transactionHash });
    const balanceDrops = ledger.account(address, 'open')?.balanceDrops ?? 0n;
    return { status: 200, body: printGrant({ address, amountDrops, balanceDrops, transactionHash, seed }) };
  } catch (error) {
    if (error instanceof FundingFailed) return refusal(error.message);
    throw error;
  }
}

const refusal = (error: string): HttpAnswer => ({ status: 400, body: { error } });
const SHOWN_CHARACTERS = 80;
const shown = (text: string): string => JSON.stringify(text.slice(0, SHOWN_CHARACTERS));

/** Undefined for what is no amount that could be paid. */
function dropsOf(xrp: string): bigint | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,20})(?:\.(\d{1,6}))?$/.exec(xrp) ?? [];
  const drops = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return drops > 0n ? drops : undefined;
}

/** Why so much cannot be paid to this account. */
function obstacleTo(ledger: Ledger, address: string, amountDrops: bigint): string | undefined {
  const { baseReserveDrops } = ledger.rules;
  if (ledger.account(address, 'open') === undefined && amountDrops < baseReserveDrops)
    return `${address} does not exist yet: its first payment must be at least ${xrpText(baseReserveDrops)} XRP`;
  const held = ledger.account(genesisAddress, 'open')?.balanceDrops ?? 0n;
  const free = held - baseReserveDrops - ledger.openLedgerFeeDrops();
  if (amountDrops > free) return `the faucet can give ${xrpText(free)} XRP at most, not ${xrpText(amountDrops)}`;
  return undefined;
}

const xrpText = (drops: bigint): string => decimalText(drops, DECIMALS);

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

function classicAddress(destination: string): string | undefined {
  if (isValidClassicAddress(destination)) return destination;
  if (!isValidXAddress(destination)) return undefined;
  return xAddressToClassicAddress(destination).classicAddress;
}
