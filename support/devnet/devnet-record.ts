/**
 * A running devnet as a network record, the same form as for any other network.
 */
import type { NodeLimits } from '../clients/flare/node-limits.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { CHAIN_ID, CHAIN_TERMS } from './chain/chain-terms.ts';
import { CONFIRMATIONS, type ClockKind, timingsOf } from './timings.ts';

export const SOURCE_ID = 'testXRP';
const ASSET_MANAGER_NAME = 'AssetManagerFTestXRP';

export interface Endpoints {
  readonly chainUrl: string;
  readonly webSocketUrl: string;
  readonly faucetUrl: string;
  readonly verifierUrl: string;
  readonly dataAvailabilityUrl: string;
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly nodeLimits?: NodeLimits;
}

/** In real time nothing can be warped or put back, as on a live network. */
export function devnetRecord(clock: ClockKind, registry: string, endpoints: Endpoints): NetworkRecord {
  const isVirtual = clock === 'virtual';
  const timings = timingsOf(clock);
  return {
    name: 'devnet',
    chain: {
      rpcUrls: [endpoints.chainUrl],
      chainId: CHAIN_ID,
      maxFeePerGasWei: String(CHAIN_TERMS.maxFeePerGasWei),
      maxPriorityFeePerGasWei: String(CHAIN_TERMS.maxPriorityFeePerGasWei),
      feeCapWei: String(CHAIN_TERMS.feeCapWei),
      receiptPollMs: CHAIN_TERMS.receiptPollMs,
      receiptTimeoutMs: CHAIN_TERMS.receiptTimeoutMs,
      ...(endpoints.nodeLimits !== undefined && { limits: endpoints.nodeLimits }),
    },
    ledger: { webSocketUrls: [endpoints.webSocketUrl], networkId: 1, closeS: timings.ledgerCloseS },
    fdc: {
      sourceId: SOURCE_ID,
      verifierUrls: [endpoints.verifierUrl],
      dataAvailabilityUrls: [endpoints.dataAvailabilityUrl],
      confirmations: CONFIRMATIONS,
      finalizationDelayS: timings.finalizationDelayS,
      ...(isVirtual ? {} : { pollS: timings.ledgerCloseS }),
    },
    contracts: { registry, assetManagerName: ASSET_MANAGER_NAME },
    capabilities: { canWarpTime: isVirtual, canSnapshot: isVirtual, canInjectFaults: true, hasFaucet: true },
    controlUrl: endpoints.controlUrl,
    controlToken: endpoints.controlToken,
    faucetUrl: endpoints.faucetUrl,
    wellKnownKeys: true,
  };
}
