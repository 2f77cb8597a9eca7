/**
 * clients: chain, ledger and FDC as typed clients. This file: a network as plain data (URLs, timings, capabilities).
 * Imports units and files. Code asks a record for a capability, never for its name.
 * Never here: formulas or verdicts on money. The only secret in a record is the token of a devnet's control server.
 */
import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'a 20-byte address in hex');
const url = (protocols: string) =>
  z
    .string()
    .regex(new RegExp(`^(${protocols})://`), `a URL that starts with ${protocols}`)
    .refine((text) => URL.canParse(text), 'a URL with a host');
const wholeNumber = z.number().int().nonnegative();
const amountText = z.string().regex(/^\d+$/, 'a whole number as text');
/** Chain id of a development chain, by convention of its tools. Nothing there is worth anything. */
const DEVELOPMENT_CHAIN_ID = 31_337;

const limit = z.number().int().positive();

/** See NodeLimits. */
const nodeLimits = z.strictObject({
  /** Blocks of one look at logs. */
  logBlocks: limit.exactOptional(),
  /** Calls of one batch: at least 2, since the head goes along with every read. */
  batchCalls: limit.min(2).exactOptional(),
  /** Blocks back of which the state can be read. */
  historyBlocks: limit.exactOptional(),
  /** Requests a second, a batch counts as one. */
  requestsPerS: z.number().positive().exactOptional(),
});

const recordFields = z.strictObject({
  /** For editors. */
  $schema: z.string().exactOptional(),
  /** Also the name of the folder that holds the keys of its users. */
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, 'a word of letters, digits, dots and dashes'),
  chain: z.strictObject({
    rpcUrls: z.array(url('https?')).min(1),
    chainId: wholeNumber,
    maxFeePerGasWei: amountText,
    maxPriorityFeePerGasWei: amountText,
    /** Most that is offered for a unit of gas when the chain asks more than usual; ten times maxFeePerGasWei by default. */
    feeCapWei: amountText.exactOptional(),
    receiptPollMs: wholeNumber,
    receiptTimeoutMs: wholeNumber,
    /** Blocks that must follow a transaction's before its receipt counts; none by default. */
    confirmations: wholeNumber.exactOptional(),
    /** What its public nodes allow; what is missing has no limit. */
    limits: nodeLimits.exactOptional(),
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
    /** Ledgers that must follow a ledger before the verifier shows it. */
    confirmations: wholeNumber,
    /** Usual seconds from the end of a round's collect phase to its root on chain. */
    finalizationDelayS: wholeNumber,
    /** Seconds between two polls; 5 by default. */
    pollS: z.number().positive().exactOptional(),
  }),
  contracts: z.strictObject({
    registry: address,
    /** Name of the asset manager in the registry or in the controller's list. */
    assetManagerName: z.string().min(1),
    /** Overrides the registry, for deployments that are not in it. */
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
  /** The token that control calls must carry. A secret: the record's file is readable by its owner only. */
  controlToken: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hex digits, as the devnet wrote them')
    .exactOptional(),
  /** Gives XRP on a POST request, as the testnet's faucet does. */
  faucetUrl: url('https?').optional(),
  /** Page where people ask for native coin by hand. */
  nativeFaucetPage: url('https?').optional(),
  /** True where users and funder have the devnet's keys, which everyone knows; elsewhere keys come from files. */
  wellKnownKeys: z.boolean().optional(),
});

export const networkRecordSchema = recordFields
  .refine(({ wellKnownKeys, chain }) => wellKnownKeys !== true || chain.chainId === DEVELOPMENT_CHAIN_ID, {
    path: ['wellKnownKeys'],
    message: `keys that everyone knows are for chain id ${DEVELOPMENT_CHAIN_ID} only: money would be taken at once`,
  })
  .refine(({ controlUrl, controlToken }) => (controlUrl === undefined) === (controlToken === undefined), {
    path: ['controlToken'],
    message:
      'belongs to a controlUrl: in the record of an older devnet it is missing; start the devnet again and take its new record',
  })
  .transform(({ $schema: _schema, ...record }) => record);

export type NetworkRecord = z.output<typeof networkRecordSchema>;
