/**
 * Which faults are planted in the devnet's services, as plain data that can be sent over the wire.
 *
 * A plan replaces the one before it; an empty plan makes everything right again. What a fault does is written with the
 * service that has it.
 */
import { z } from 'zod';
import type { AgentFaults } from './agents/faults.ts';
import { ATTESTATION_TYPES } from './fdc/attestation-types.ts';
import type { FdcFaults } from './fdc/faults.ts';
import { type TecResult, engineResults, isTec } from './ledger/engine-result.ts';
import type { LedgerFaults } from './ledger/faults.ts';
import { genesisDrops } from './ledger/genesis.ts';
import type { PriceFaults } from './price-jumps.ts';
import { agentsLedgerAddresses } from './well-known.ts';
import type { StrangerFaults } from './strangers/faults.ts';

const BIPS_ONE = 10_000;
const dropsText = z
  .string()
  .regex(/^\d{1,18}$/, 'a whole number as text')
  .refine((text) => BigInt(text) <= genesisDrops, `at most ${genesisDrops} drops, which is all XRP there is`);
const divisor = z.number().int().positive();
/** In each stretch of `everyS` seconds of network time, `forS` of them from `fromS` on. */
const recurring = z
  .strictObject({
    everyS: divisor,
    fromS: z.number().int().nonnegative(),
    forS: z.number().int().nonnegative(),
  })
  .refine(({ everyS, fromS, forS }) => fromS < everyS && forS <= everyS, 'fromS below everyS, forS at most everyS');
const tecCodes = engineResults.filter(isTec);
const tecCode = z.custom<TecResult>((value) => tecCodes.some((code) => code === value), 'a tec code of the ledger');

export const faultPlanSchema = z.strictObject({
  ledger: z
    .strictObject({
      /** All transactions, or those of one type. */
      chargeFeeTwice: z.union([z.boolean(), z.string()]),
      deliverShortByDrops: dropsText,
      ignoreDepositAuth: z.boolean(),
      /** Payments fail with this tec code: all, or only those of these senders ('agents' are all of them) or one receiver. */
      failPayments: z.strictObject({
        code: tecCode,
        from: z.union([z.string(), z.array(z.string())]).optional(),
        to: z.string().optional(),
      }),
      swapPayments: z.boolean(),
      /** Every fee is so many times the usual one. */
      feeFactor: divisor.max(1_000_000),
      /** This account takes any issued money for XRP: at most so much for each payment. */
      exchange: z.strictObject({ account: z.string(), mostDrops: dropsText }),
      /** No ledger closes meanwhile. */
      stallDuring: recurring,
    })
    .partial()
    .optional(),
  agents: z
    .strictObject({
      silent: z.union([z.boolean(), z.array(z.string())]),
      late: z.boolean(),
      payLessDrops: dropsText,
      payTwice: z.boolean(),
      withoutMemo: z.boolean(),
      stopConfirming: z.boolean(),
      leaveUnpaidMintings: z.boolean(),
      stopUnderlyingUpdates: z.boolean(),
    })
    .partial()
    .optional(),
  fdc: z
    .strictObject({
      /** No root for rounds whose number this divides; 1 is every round. */
      skipRoundsDivisibleBy: divisor,
      /** Rounds whose number this divides leave out every request, or those of one type. */
      leaveOut: z.strictObject({ roundsDivisibleBy: divisor, type: z.enum(ATTESTATION_TYPES).optional() }),
      dataAvailabilityLagS: z.number().int().nonnegative(),
      verifierIndeterminate: z.boolean(),
      verifierIndeterminateDuring: recurring,
      /** Payments are attested with so much less received. */
      attestShortByDrops: dropsText,
      /** Payments that the receiver blocked are attested as failed by the sender. */
      attestBlockedAsFailed: z.boolean(),
      /** That something was not paid is attested whatever was paid; or only of mintings. */
      overlookPayments: z.union([z.boolean(), z.literal('mintings')]),
      httpStatus: z.strictObject({
        server: z.enum(['verifier', 'data-availability']),
        status: z.number().int().min(400).max(599),
      }),
    })
    .partial()
    .optional(),
  strangers: z.strictObject({ busy: z.boolean() }).partial().optional(),
  prices: z
    .strictObject({
      /** The price of XRP jumps by so much every voting round. */
      jumpBips: z.number().int().positive().lt(BIPS_ONE, 'below 10000, as a price stays above 0'),
    })
    .partial()
    .optional(),
});

export type FaultPlan = z.infer<typeof faultPlanSchema>;

/** The switches that the running services read. */
export interface LiveFaults {
  readonly ledger: LedgerFaults;
  readonly agents: AgentFaults;
  readonly fdc: FdcFaults;
  readonly prices?: PriceFaults;
  readonly strangers?: StrangerFaults;
}

/** Puts a plan in force. Throws a readable error for data that is no plan, and then changes nothing. */
export function applyFaultPlan(plan: unknown, live: LiveFaults): void {
  const parsed = faultPlanSchema.safeParse(plan);
  if (!parsed.success) throw new Error(`not a fault plan: ${z.prettifyError(parsed.error)}`);
  const { ledger = {}, agents = {}, fdc = {}, prices = {}, strangers = {} } = parsed.data;
  replace(live.ledger, ledgerFaults(ledger));
  replace(live.agents, agentFaults(agents));
  replace(live.fdc, fdcFaults(fdc));
  if (live.strangers !== undefined) replace(live.strangers, strangers);
  const { jumpBips } = prices;
  if (live.prices !== undefined) replace(live.prices, jumpBips === undefined ? {} : { jumpBips: BigInt(jumpBips) });
}

function replace<T extends object>(target: T, source: T): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, source);
}

function ledgerFaults(plan: NonNullable<FaultPlan['ledger']>): LedgerFaults {
  const {
    chargeFeeTwice,
    deliverShortByDrops,
    ignoreDepositAuth,
    failPayments,
    stallDuring,
    swapPayments,
    exchange,
    feeFactor,
  } = plan;
  const faults: LedgerFaults = {};
  if (feeFactor !== undefined) faults.feeFactor = feeFactor;
  if (exchange !== undefined) faults.exchange = { ...exchange, mostDrops: BigInt(exchange.mostDrops) };
  if (swapPayments !== undefined) faults.swapPayments = swapPayments;
  if (ignoreDepositAuth !== undefined) faults.ignoreDepositAuth = ignoreDepositAuth;
  if (chargeFeeTwice !== undefined) faults.chargeFeeTwice = chargeFeeTwice;
  if (deliverShortByDrops !== undefined) faults.deliverShortByDrops = BigInt(deliverShortByDrops);
  if (failPayments !== undefined) {
    const { code, from, to } = failPayments;
    const senders = from === 'agents' ? agentsLedgerAddresses() : from;
    faults.failPaymentsWith = ({ Account, Destination }) =>
      [senders ?? Account].flat().includes(Account) && (to ?? Destination) === Destination ? code : undefined;
  }
  if (stallDuring !== undefined) faults.isStalled = during(stallDuring);
  return faults;
}

const during =
  ({ everyS, fromS, forS }: z.infer<typeof recurring>) =>
  (nowS: number): boolean =>
    (nowS - fromS + everyS) % everyS < forS;

function agentFaults({ payLessDrops, ...plain }: NonNullable<FaultPlan['agents']>): AgentFaults {
  const faults: AgentFaults = {};
  if (payLessDrops !== undefined) faults.payLessDrops = BigInt(payLessDrops);
  return Object.assign(faults, plain);
}

function fdcFaults(plan: NonNullable<FaultPlan['fdc']>): FdcFaults {
  const { skipRoundsDivisibleBy, leaveOut, dataAvailabilityLagS, httpStatus } = plan;
  const { verifierIndeterminate, verifierIndeterminateDuring } = plan;
  const faults: FdcFaults = {};
  if (plan.overlookPayments !== undefined) faults.overlookPayments = plan.overlookPayments;
  if (dataAvailabilityLagS !== undefined) faults.dataAvailabilityLagS = dataAvailabilityLagS;
  if (verifierIndeterminate !== undefined) faults.verifierIndeterminate = verifierIndeterminate;
  if (verifierIndeterminateDuring !== undefined) faults.isIndeterminateAt = during(verifierIndeterminateDuring);
  if (skipRoundsDivisibleBy !== undefined) faults.skipRound = (round) => round % skipRoundsDivisibleBy === 0;
  if (leaveOut !== undefined) {
    const { roundsDivisibleBy, type } = leaveOut;
    faults.leaveOut = (request) =>
      request.votingRoundId % roundsDivisibleBy === 0 && (type ?? request.type) === request.type;
  }
  const altered = alteredPayment(plan);
  if (altered !== undefined) faults.alterAttestation = altered;
  if (httpStatus !== undefined) {
    faults.httpStatus = (server) => (server === httpStatus.server ? httpStatus.status : undefined);
  }
  return faults;
}

const BLOCKED_BY_RECEIVER = 2n;
const FAILED_BY_SENDER = 1n;

function alteredPayment({
  attestShortByDrops,
  attestBlockedAsFailed,
}: NonNullable<FaultPlan['fdc']>): FdcFaults['alterAttestation'] {
  if (attestShortByDrops === undefined && attestBlockedAsFailed !== true) return undefined;
  const shortByDrops = BigInt(attestShortByDrops ?? 0);
  return (type, attestation) => {
    const { receivedAmount, status } = attestation.responseBody;
    if (type !== 'Payment' || typeof receivedAmount !== 'bigint') return attestation;
    const isTurned = attestBlockedAsFailed === true && status === BLOCKED_BY_RECEIVER;
    const responseBody = {
      ...attestation.responseBody,
      receivedAmount: receivedAmount - shortByDrops,
      ...(isTurned ? { status: FAILED_BY_SENDER } : {}),
    };
    return { ...attestation, responseBody };
  };
}
