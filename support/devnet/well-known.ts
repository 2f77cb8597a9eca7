/**
 * The keys of the devnet: derived from fixed text, the same on every devnet and known to everyone. They are worth
 * nothing anywhere else, so never send real money to them.
 */
import { createHash } from 'node:crypto';
import { encodeSeed } from 'ripple-address-codec';
import { ledgerAddressOf } from '../clients/xrpl/keys.ts';

export interface WellKnownActor {
  /** 0x-prefixed private key on the EVM chain. */
  readonly evmPrivateKey: string;
  /** Seed on the ledger, ed25519. */
  readonly ledgerSeed: string;
  readonly ledgerAddress: string;
}

/** What the verifier takes as API key; the all-zero key that Flare's own local set-ups use. */
export const DEVNET_VERIFIER_API_KEY = '00000000-0000-0000-0000-000000000000';

const known = new Map<string, WellKnownActor>();

/** The keys of the actor of this name. */
export function wellKnownActor(name: string): WellKnownActor {
  const actor = known.get(name) ?? derived(name);
  known.set(name, actor);
  return actor;
}

function derived(name: string): WellKnownActor {
  const ledgerSeed = encodeSeed(digest('ledger', name).subarray(0, 16), 'ed25519');
  return {
    evmPrivateKey: `0x${digest('evm', name).toString('hex')}`,
    ledgerSeed,
    ledgerAddress: ledgerAddressOf(ledgerSeed),
  };
}

/** Holds the money that the suite's users are funded with: FUNDER_NATIVE_WEI and FUNDER_DROPS. */
export const funder = (): WellKnownActor => wellKnownActor('funder');
export const FUNDER_NATIVE_WEI = 50_000_000n * 10n ** 18n;
export const FUNDER_DROPS = 50_000_000n * 10n ** 6n;

/** Owes and is owed nothing. */
export const STRANGER = wellKnownActor('stranger');
/** Gives XRP for money that others issue, where a fault says so. */
export const EXCHANGE = wellKnownActor('exchange');

/** As many as AGENTS may ask for. */
const MOST_AGENTS = 20;
/** The ledger accounts of every agent that a devnet can have. */
export const agentsLedgerAddresses = (): string[] =>
  Array.from({ length: MOST_AGENTS }, (_, index) => wellKnownActor(`agent ${index + 1}`).ledgerAddress);

function digest(purpose: string, name: string): Buffer {
  return createHash('sha256').update(`FAssets QA devnet, public key of no value: ${purpose} ${name}`).digest();
}
