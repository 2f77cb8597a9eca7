/** Coston2 with the XRP Ledger testnet, as published by Flare. */
import type { NetworkRecord } from '../network-record.ts';

export const coston2: NetworkRecord = {
  name: 'coston2',
  chain: {
    rpcUrls: ['https://coston2-api.flare.network/ext/C/rpc'],
    chainId: 114,
    maxFeePerGasWei: '100000000000',
    maxPriorityFeePerGasWei: '0',
    receiptPollMs: 1000,
    receiptTimeoutMs: 120_000,
    // 30 blocks are the node's own words. The others are not published: less than such nodes usually allow, and enough here.
    limits: { logBlocks: 30, batchCalls: 100, historyBlocks: 10_000, requestsPerS: 20 },
  },
  ledger: { webSocketUrls: ['wss://s.altnet.rippletest.net:51233'], networkId: 1, closeS: 4 },
  fdc: {
    sourceId: 'testXRP',
    verifierUrls: ['https://fdc-verifiers-testnet.flare.network/verifier/xrp'],
    dataAvailabilityUrls: ['https://ctn2-data-availability.flare.network'],
    confirmations: 3,
    finalizationDelayS: 60,
  },
  contracts: {
    registry: '0xaD67FE66660Fb8dFE9d6b1b4240d8650e30F6019',
    // As in Flare's own ContractRegistry library; the token there is FTestXRP.
    assetManagerName: 'AssetManagerFXRP',
  },
  capabilities: { canWarpTime: false, canSnapshot: false, canInjectFaults: false, hasFaucet: true },
  faucetUrl: 'https://faucet.altnet.rippletest.net/accounts',
  nativeFaucetPage: 'https://faucet.flare.network/coston2',
};
