/**
 * Made-up payments on the underlying chain and the steps of a minting or redemption around them, for tests in the lab.
 */
import type { EvmAccount } from '../../../clients/flare/account.ts';
import {
  type Attestation,
  type Lab,
  type LabAgent,
  type PlainRecord,
  type Sent,
  UNDERLYING_BLOCK,
  UNDERLYING_TIMESTAMP,
  addressHash,
  plainNumber,
  plainText,
} from './lab.ts';
import { id, toBeHex } from 'ethers';

export const USER_ADDRESS = 'rLabUser';
const LEDGER_FEE_UBA = 12n;
export const PAYMENT_SUCCESS = 0;
export const PAYMENT_FAILED = 1;
export const PAYMENT_BLOCKED = 2;

export interface PaymentPlan {
  readonly from: string;
  readonly to: string;
  readonly amountUba: bigint;
  readonly reference: string;
  readonly status?: number;
  readonly block?: bigint;
  readonly timestamp?: bigint;
  readonly transactionId?: string;
}

let nextTransaction = 1;

export function payment(plan: PaymentPlan): Attestation {
  const received = (plan.status ?? PAYMENT_SUCCESS) === PAYMENT_SUCCESS ? plan.amountUba : 0n;
  const spent = (plan.status ?? PAYMENT_SUCCESS) === PAYMENT_SUCCESS ? plan.amountUba + LEDGER_FEE_UBA : LEDGER_FEE_UBA;
  return {
    type: 'Payment',
    requestBody: { transactionId: plan.transactionId ?? id(`transaction ${nextTransaction++}`), inUtxo: 0n, utxo: 0n },
    responseBody: {
      blockNumber: plan.block ?? UNDERLYING_BLOCK + 5n,
      blockTimestamp: plan.timestamp ?? UNDERLYING_TIMESTAMP + 10n,
      sourceAddressHash: addressHash(plan.from),
      sourceAddressesRoot: toBeHex(0, 32),
      receivingAddressHash: received > 0n ? addressHash(plan.to) : toBeHex(0, 32),
      intendedReceivingAddressHash: addressHash(plan.to),
      spentAmount: spent,
      intendedSpentAmount: plan.amountUba + LEDGER_FEE_UBA,
      receivedAmount: received,
      intendedReceivedAmount: plan.amountUba,
      standardPaymentReference: plan.reference,
      oneToOne: true,
      status: plan.status ?? PAYMENT_SUCCESS,
    },
  };
}

/** The same payment as the XRP attestation type has it. */
export function xrpPayment(plan: PaymentPlan & { tag?: bigint; proofOwner?: string }): Attestation {
  const { requestBody, responseBody } = payment(plan);
  return {
    type: 'XRPPayment',
    requestBody: { transactionId: requestBody['transactionId'], proofOwner: plan.proofOwner ?? toBeHex(0, 20) },
    responseBody: {
      ...responseBody,
      sourceAddress: plan.from,
      hasMemoData: true,
      firstMemoData: plan.reference,
      hasDestinationTag: plan.tag !== undefined,
      destinationTag: plan.tag ?? 0n,
    },
  };
}

export interface NonPaymentChanges {
  readonly amount?: bigint;
  readonly minimalBlockNumber?: bigint;
  readonly overflowBlock?: bigint;
  readonly overflowTimestamp?: bigint;
  readonly checkSourceAddresses?: boolean;
}

/** That what `demand` (a reservation or redemption event) asks for was not paid to `to`. */
export function nonPayment(
  demand: PlainRecord,
  to: string,
  amountUba: bigint,
  changes: NonPaymentChanges = {},
): Attestation {
  return {
    type: 'ReferencedPaymentNonexistence',
    requestBody: {
      minimalBlockNumber: changes.minimalBlockNumber ?? plainNumber(demand, 'firstUnderlyingBlock'),
      deadlineBlockNumber: plainNumber(demand, 'lastUnderlyingBlock'),
      deadlineTimestamp: plainNumber(demand, 'lastUnderlyingTimestamp'),
      destinationAddressHash: addressHash(to),
      amount: changes.amount ?? amountUba,
      standardPaymentReference: demand['paymentReference'],
      checkSourceAddresses: changes.checkSourceAddresses ?? false,
      sourceAddressesRoot: toBeHex(0, 32),
    },
    responseBody: {
      minimalBlockTimestamp: UNDERLYING_TIMESTAMP,
      firstOverflowBlockNumber: changes.overflowBlock ?? plainNumber(demand, 'lastUnderlyingBlock') + 1n,
      firstOverflowBlockTimestamp: changes.overflowTimestamp ?? plainNumber(demand, 'lastUnderlyingTimestamp') + 1n,
    },
  };
}

export async function reserve(
  lab: Lab,
  agent: LabAgent,
  lots: bigint,
  options: { minter?: EvmAccount; executor?: string; extraWei?: bigint } = {},
): Promise<PlainRecord> {
  const feeWei = await lab.readNumber(lab.manager, 'collateralReservationFee', [lots]);
  const sent = await lab.send(
    options.minter ?? lab.minter,
    lab.manager,
    'reserveCollateral',
    [agent.vault, lots, 10_000n, options.executor ?? toBeHex(0, 20)],
    feeWei + (options.extraWei ?? 0n),
  );
  return lab.only(sent, 'CollateralReserved');
}

export function mintingPayment(
  reserved: PlainRecord,
  agent: LabAgent,
  changes: Partial<PaymentPlan> = {},
): Attestation {
  return payment({
    from: USER_ADDRESS,
    to: agent.underlyingAddress,
    amountUba: plainNumber(reserved, 'valueUBA') + plainNumber(reserved, 'feeUBA'),
    reference: plainText(reserved, 'paymentReference'),
    ...changes,
  });
}

/** Reserves, pays and executes. */
export async function mint(
  lab: Lab,
  agent: LabAgent,
  lots: bigint,
  options: { minter?: EvmAccount; executor?: EvmAccount; extraWei?: bigint } = {},
): Promise<{ reserved: PlainRecord; executed: Sent }> {
  const { executor, ...rest } = options;
  const reserved = await reserve(lab, agent, lots, {
    ...rest,
    ...(executor === undefined ? {} : { executor: executor.address }),
  });
  const proof = await lab.prove('executeMinting', mintingPayment(reserved, agent));
  const by = executor ?? options.minter ?? lab.minter;
  const id = reserved['collateralReservationId'];
  return { reserved, executed: await lab.send(by, lab.manager, 'executeMinting', [proof, id]) };
}

export function dueUba(request: PlainRecord): bigint {
  return plainNumber(request, 'valueUBA') - plainNumber(request, 'feeUBA');
}

export function redemptionPayment(
  request: PlainRecord,
  agent: LabAgent,
  changes: Partial<PaymentPlan> = {},
): Attestation {
  return payment(redemptionPlan(request, agent, changes));
}

export function redemptionPlan(request: PlainRecord, agent: LabAgent, changes: Partial<PaymentPlan> = {}): PaymentPlan {
  return {
    from: agent.underlyingAddress,
    to: plainText(request, 'paymentAddress'),
    amountUba: dueUba(request),
    reference: plainText(request, 'paymentReference'),
    ...changes,
  };
}

/** Defaults a request by its redeemer. */
export async function redemptionDefault(lab: Lab, request: PlainRecord, by: EvmAccount): Promise<Sent> {
  const proof = await lab.prove('redemptionPaymentDefault', nonPayment(request, USER_ADDRESS, dueUba(request)));
  return await lab.send(by, lab.manager, 'redemptionPaymentDefault', [proof, request['requestId']]);
}
