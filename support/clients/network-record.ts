/**
 * A network as plain data: where its services answer, how it times, what it can do.
 *
 * Code asks a record for a capability, never for its name. No secrets live here.
 */
import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'a 20-byte address in hex');
const url = (protocols: string) =>
  z.string().regex(new RegExp(`^(${protocols})://`), `a URL that starts with ${protocols}`);
const wholeNumber = z.number().int().nonnegative();
const amountText = z.string().regex(/^\d+$/, 'a whole number as text');

export const networkRecordSchema = z.strictObject({
  name: z.string().min(1),
  chain: z.strictObject({
    rpcUrls: z.array(url('https?')).min(1),
    chainId: wholeNumber,
    maxFeePerGasWei: amountText,
    maxPriorityFeePerGasWei: amountText,
    receiptPollMs: wholeNumber,
    receiptTimeoutMs: wholeNumber,
  }),
  ledger: z.strictObject({
    webSocketUrls: z.array(url('wss?')).min(1),
    networkId: wholeNumber,
    /** Usual seconds between two ledgers. */
    closeS: z.number().positive(),
  }),
  fdc: z.strictObject({
    /** Source id as text: testXRP or XRP. */
    sourceId: z.string().min(1),
    verifierUrls: z.array(url('https?')).min(1),
    dataAvailabilityUrls: z.array(url('https?')).min(1),
    /** Ledgers that must stand above a ledger before the verifier shows it. */
    confirmations: wholeNumber,
    /** Usual seconds from the end of a round's collect phase to its root on chain. */
    finalizationDelayS: wholeNumber,
  }),
  contracts: z.strictObject({
    registry: address,
    /** Name of the asset manager in the registry or in the controller's list. */
    assetManagerName: z.string().min(1),
    /** Instead of the registry's answer, for deployments that are not in it. */
    assetManager: address.optional(),
  }),
  capabilities: z.strictObject({
    canWarpTime: z.boolean(),
    canSnapshot: z.boolean(),
    canInjectFaults: z.boolean(),
    hasFaucet: z.boolean(),
  }),
  /** Where a devnet takes control calls (time, snapshots, faults). */
  controlUrl: url('http').optional(),
  faucetUrl: url('https?').optional(),
});

export type NetworkRecord = z.infer<typeof networkRecordSchema>;
