/**
 * What an agent has to see to, as plain data: it is copied for a snapshot and put back.
 *
 * The steps that work on a task are in redemption.ts, minting-default.ts and underlying-block.ts.
 */
import type { PendingAttestation } from './service-attestor.ts';

export interface RedemptionTask {
  readonly kind: 'redemption';
  readonly agent: number;
  readonly requestId: bigint;
  readonly paymentAddress: string;
  readonly dueDrops: bigint;
  readonly reference: string;
  readonly destinationTag?: number;
  readonly lastLedger: number;
  readonly lastTimeS: number;
  payment?: { readonly hash: string; readonly lastLedger: number };
  proof?: PendingAttestation;
}

export interface MintingDefaultTask {
  readonly kind: 'minting default';
  readonly agent: number;
  readonly reservationId: bigint;
  readonly paymentAddress: string;
  readonly dueDrops: bigint;
  readonly reference: string;
  readonly firstLedger: number;
  readonly lastLedger: number;
  readonly lastTimeS: number;
  proof?: PendingAttestation;
}

export interface UnderlyingBlockTask {
  readonly kind: 'underlying block';
  readonly agent: number;
  dueS: number;
  proof?: PendingAttestation;
}

export type Task = RedemptionTask | MintingDefaultTask | UnderlyingBlockTask;

/** Everything the agents remember. */
export interface AgentState {
  /** Highest block whose logs have been read. */
  seenBlock: number;
  /** In the order in which they arose. */
  tasks: Task[];
  /** What went wrong without anyone to tell: transactions of agents that reverted. */
  problems: string[];
}
