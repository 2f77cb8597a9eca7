/**
 * The frame every transaction type fits into: what it costs, what is wrong with it as such, what it does.
 *
 * Sequence numbers, signing authority and the fee are common to all types and live in the engine.
 */
import type { EngineResult } from '../engine-result.ts';
import type { AccountRoot } from '../entries.ts';
import type { LedgerFaults } from '../faults.ts';
import type { Sandbox } from '../state.ts';
import type { TransactionJson } from '../transaction-json.ts';

/** The settings of the network that transactions are judged by. */
export interface Rules {
  readonly networkId: number;
  readonly baseFeeDrops: bigint;
  readonly baseReserveDrops: bigint;
  readonly ownerReserveDrops: bigint;
}

export const reserveDrops = (rules: Rules, ownerCount: number): bigint =>
  rules.baseReserveDrops + rules.ownerReserveDrops * BigInt(ownerCount);

/** What a fee depends on besides the load. */
export interface FeeContext {
  readonly rules: Rules;
  readonly transaction: TransactionJson;
  /** The sender as it stands before the transaction. */
  readonly account: AccountRoot;
}

export interface ApplyContext {
  readonly transaction: TransactionJson;
  /** The state with the fee and the sequence number already taken. */
  readonly sandbox: Sandbox;
  readonly rules: Rules;
  readonly openIndex: number;
  readonly feeDrops: bigint;
  readonly balanceBeforeFeeDrops: bigint;
  readonly signedWithMasterKey: boolean;
  readonly faults: LedgerFaults;
}

export interface Effect {
  readonly result: EngineResult;
  /** What reached the destination. */
  readonly deliveredDrops?: bigint;
}

export interface Transactor {
  /** Flag bits this type may carry besides the universal one. */
  readonly flags: number;
  /** The least fee without load. */
  feeDrops(context: FeeContext): bigint;
  /** Judges the transaction by itself: tesSUCCESS or a tem or tel code; temDISABLED for what only a real ledger knows. */
  check(transaction: TransactionJson): EngineResult;
  /** Works on the sandbox; with a tec result its changes are thrown away. */
  apply(context: ApplyContext): Effect;
}

export const success: Effect = { result: 'tesSUCCESS' };
/** Once the base fee, and once more for every signature of a multi-signed transaction. */
export const referenceFee = ({ rules, transaction }: FeeContext): bigint =>
  rules.baseFeeDrops * BigInt(1 + (transaction.Signers?.length ?? 0));
export const zeroAddress = 'rrrrrrrrrrrrrrrrrrrrrhoLvTp';
