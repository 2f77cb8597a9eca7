/**
 * A user's reservations and redemption requests as records of text fields, from the protocol's own views.
 */
import { ZeroAddress } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface, coreVaultInterface, mintingTagsInterface } from '../clients/flare/interfaces.ts';
import { type Read, combineReads, readContract } from '../clients/flare/reads.ts';
import type { ReservationFee } from '../model/protocol-history.ts';
import type { RecordFields, RecordId } from '../model/state.ts';
import {
  MINTING_STATUSES,
  REDEMPTION_STATUSES,
  directMintingPayment,
  idOf,
  isMinting,
  isRedemption,
  tagNumber,
} from '../model/records.ts';

type RecordContracts = Pick<ProtocolContracts, 'assetManager' | 'coreVaultManager' | 'mintingTags'>;

/** The record's fields as the protocol stores them now. */
export function readRecord(
  { assetManager, coreVaultManager, mintingTags }: RecordContracts,
  record: RecordId,
): Read<RecordFields> {
  const tag = tagNumber(record);
  if (tag !== undefined && mintingTags !== undefined) return readTag(mintingTags, tag);
  const payment = directMintingPayment(record);
  if (payment !== undefined && coreVaultManager !== undefined) return readDirectMinting(coreVaultManager, payment);
  if (isMinting(record)) return readMinting(assetManager, idOf(record));
  if (isRedemption(record)) return readRedemption(assetManager, idOf(record));
  throw new Error(`no such kind of record: ${record}`);
}

/** The fee of a redemption and the pool's share of it. */
export type RedemptionFee = Pick<ReservationFee, 'feeUba' | 'shareBips'>;

/**
 * Of a record that names an executor: who that is, and what is still held for the act. Nothing for others.
 */
function executorFields({
  executor,
  executorFeeNatWei,
}: {
  executor: string;
  executorFeeNatWei: bigint;
}): RecordFields {
  if (executor === ZeroAddress) return {};
  return { executor: executor.toLowerCase(), executorFeeWei: String(executorFeeNatWei) };
}

export function readReservationFee(assetManager: string, id: bigint): Read<ReservationFee> {
  return readContract(assetManager, assetManagerInterface, 'collateralReservationInfo', [id], (result) => ({
    feeWei: result[0].reservationFeeNatWei,
    executorFeeWei: result[0].executorFeeNatWei,
    feeUba: result[0].mintingFeeUBA,
    shareBips: result[0].poolFeeShareBIPS,
  }));
}

export function readRedemptionFee(assetManager: string, id: bigint): Read<RedemptionFee> {
  return readContract(assetManager, assetManagerInterface, 'redemptionRequestInfo', [id], (result) => ({
    feeUba: result[0].feeUBA,
    shareBips: result[0].poolFeeShareBIPS,
  }));
}

/** What a reservation's payment must be, and the pool's share of its minting fee. */
export interface ReservationTerms {
  readonly paymentAddress: string;
  /** Lower-case hex without 0x. */
  readonly paymentReference: string;
  readonly paymentUba: bigint;
  readonly feeUba: bigint;
  readonly shareBips: bigint;
}

export function readReservationTerms(assetManager: string, id: bigint): Read<ReservationTerms> {
  return readContract(assetManager, assetManagerInterface, 'collateralReservationInfo', [id], (result) => {
    const info = result[0];
    return {
      paymentAddress: info.paymentAddress,
      paymentReference: (info.paymentReference as string).slice(2).toLowerCase(),
      paymentUba: (info.valueUBA as bigint) + (info.mintingFeeUBA as bigint),
      feeUba: info.mintingFeeUBA,
      shareBips: info.poolFeeShareBIPS,
    };
  });
}

/** Whose a tag is and for whom it mints. */
function readTag(mintingTags: string, tag: bigint): Read<RecordFields> {
  const address = (name: string) =>
    readContract(mintingTags, mintingTagsInterface, name, [tag], (result) => (result[0] as string).toLowerCase());
  return combineReads(
    { owner: address('ownerOf'), recipient: address('mintingRecipient'), executor: address('allowedExecutor') },
    (fields) => ({ status: 'RESERVED', ...fields }),
  );
}

/** The core vault books a payment when its minting is executed. */
function readDirectMinting(coreVaultManager: string, payment: string): Read<RecordFields> {
  return readContract(coreVaultManager, coreVaultInterface, 'confirmedPayments', [payment], ([isConfirmed]) => ({
    status: isConfirmed === true ? 'SUCCESSFUL' : 'ACTIVE',
  }));
}

function readMinting(assetManager: string, id: bigint): Read<RecordFields> {
  return readContract(assetManager, assetManagerInterface, 'collateralReservationInfo', [id], (result) => {
    const info = result[0];
    return {
      status: nameOf(MINTING_STATUSES, info.status),
      agentVault: info.agentVault.toLowerCase(),
      minter: info.minter.toLowerCase(),
      valueUba: String(info.valueUBA),
      feeUba: String(info.mintingFeeUBA),
      reservationFeeWei: String(info.reservationFeeNatWei),
      poolFeeShareBips: String(info.poolFeeShareBIPS),
      ...executorFields(info),
      firstBlock: String(info.firstUnderlyingBlock),
      lastBlock: String(info.lastUnderlyingBlock),
      lastTimestampS: String(info.lastUnderlyingTimestamp),
    };
  });
}

/** A request's current status by name. */
export function readRedemptionStatus(assetManager: string, id: bigint): Read<string> {
  return readContract(assetManager, assetManagerInterface, 'redemptionRequestInfo', [id], (result) =>
    nameOf(REDEMPTION_STATUSES, result[0].status),
  );
}

/** What must be known of a request to prove that it was not paid. */
export interface UnpaidRequest {
  readonly id: bigint;
  readonly paymentAddress: string;
  readonly paymentReference: string;
  readonly paymentUba: bigint;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
}

/** What a default of this request needs, whoever made it. */
export function readUnpaidRequest(assetManager: string, id: bigint): Read<UnpaidRequest> {
  return readContract(assetManager, assetManagerInterface, 'redemptionRequestInfo', [id], (result) => {
    const info = result[0];
    return {
      id,
      paymentAddress: info.paymentAddress,
      paymentReference: info.paymentReference,
      paymentUba: (info.valueUBA as bigint) - (info.feeUBA as bigint),
      firstBlock: info.firstUnderlyingBlock,
      lastBlock: info.lastUnderlyingBlock,
      lastTimestampS: info.lastUnderlyingTimestamp,
    };
  });
}

function readRedemption(assetManager: string, id: bigint): Read<RecordFields> {
  return readContract(assetManager, assetManagerInterface, 'redemptionRequestInfo', [id], (result) => {
    const info = result[0];
    return {
      status: nameOf(REDEMPTION_STATUSES, info.status),
      agentVault: info.agentVault.toLowerCase(),
      redeemer: info.redeemer.toLowerCase(),
      paymentAddress: info.paymentAddress,
      valueUba: String(info.valueUBA),
      feeUba: String(info.feeUBA),
      poolFeeShareBips: String(info.poolFeeShareBIPS),
      ...executorFields(info),
    };
  });
}

function nameOf(names: readonly string[], index: bigint): string {
  return names[Number(index)] ?? `unknown status ${index}`;
}
