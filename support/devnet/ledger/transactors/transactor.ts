/**
 * The frame every transaction type fits into: what it costs, what is wrong with it as such, what it does.
 *
 * Sequence numbers, signing authority and the fee are common to all types and live in the engine.
 */
import type { EngineResult } from '../engine-result.ts';
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
  /** The fee without load and extra signatures. */
  feeDrops(rules: Rules): bigint;
  /** Judges the transaction by itself: tesSUCCESS or a tem or tel code. */
  check(transaction: TransactionJson): EngineResult;
  /** Works on the sandbox; with a tec result its changes are thrown away. */
  apply(context: ApplyContext): Effect;
}

export const success: Effect = { result: 'tesSUCCESS' };
export const referenceFee = (rules: Rules): bigint => rules.baseFeeDrops;
export const zeroAddress = 'rrrrrrrrrrrrrrrrrrrrrhoLvTp';
