/** What counts as a key on each chain, and the addresses that belong to it. Errors never show a key. */
import { toBeHex } from 'ethers';
import { z } from 'zod';
import { evmAddressOf } from '../clients/flare/evm-key.ts';
import { deriveKeys, ledgerAddressOf } from '../clients/xrpl/keys.ts';
import type { Who } from '../readers/informer.ts';

/** One actor's secrets, as they stand in a file. */
export interface UserKeys {
  readonly name: string;
  /** 0x and 64 hex digits. */
  readonly evmPrivateKey: string;
  /** Base58 seed of the ledger account, s… or sEd…. */
  readonly ledgerSeed: string;
}

/** A private key of the EVM chain in hex, with or without 0x; becomes the form with 0x in lower case. */
export const evmPrivateKey = z
  .string()
  .regex(/^(0x)?[0-9a-fA-F]{64}$/, 'a private key of 64 hex digits')
  .transform((key) => toBeHex(`0x${key.replace(/^0x/, '')}`, 32))
  .refine((key) => succeeds(() => evmAddressOf(key)), 'a private key of the EVM chain');

/** The seed of a ledger account. */
export const ledgerSeed = z
  .string()
  .refine((seed) => succeeds(() => deriveKeys(seed)), 'a seed of the XRP Ledger: s… or sEd…');

/** Both addresses of an actor. */
export function addressesOf(keys: Pick<UserKeys, 'evmPrivateKey' | 'ledgerSeed'>): Who {
  return {
    evmAddress: evmAddressOf(keys.evmPrivateKey),
    ledgerAddress: ledgerAddressOf(keys.ledgerSeed),
  };
}

/** The libraries' errors show the key, so they are dropped. */
function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
