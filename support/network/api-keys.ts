/**
 * API keys of the services of a network. They are read where they are needed, in each process and thread, and are no part
 * of what the run provides to its tests.
 */
import { DEVNET_VERIFIER_API_KEY } from '../devnet/well-known.ts';
import type { Secrets } from '../settings/settings.ts';

export interface ApiKeys {
  readonly verifier: string;
  readonly dataAvailability?: string;
  readonly chain?: string;
}

/** What services take from everybody: the devnet's verifier, and with a limit Flare's public one. */
export const PUBLIC_API_KEYS: ApiKeys = { verifier: DEVNET_VERIFIER_API_KEY };

export function apiKeysOf({ verifierApiKey, dataAvailabilityApiKey, chainApiKey }: Secrets): ApiKeys {
  return {
    verifier: verifierApiKey ?? PUBLIC_API_KEYS.verifier,
    ...(dataAvailabilityApiKey !== undefined && { dataAvailability: dataAvailabilityApiKey }),
    ...(chainApiKey !== undefined && { chain: chainApiKey }),
  };
}

/** The header that Flare's nodes look for a key in. */
export const chainHeaders = ({ chain }: ApiKeys): Readonly<Record<string, string>> =>
  chain === undefined ? {} : { 'x-apikey': chain };
