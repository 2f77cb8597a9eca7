/**
 * API keys of a network's services. Each process and thread reads them for itself; the run does not pass them to tests.
 */
import { DEVNET_VERIFIER_API_KEY } from '../devnet/well-known.ts';
import type { Secrets } from '../settings/settings.ts';

export interface ApiKeys {
  readonly verifier: string;
  readonly dataAvailability?: string;
  readonly chain?: string;
}

/** Keys that services accept from everybody: the devnet's verifier and, rate limited, Flare's public one. */
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
