/**
 * What an agent has to see to, as plain data: it is copied for a snapshot and put back.
 *
 * The steps that work on a task are in redemption.ts, minting-default.ts, underlying-block.ts and setting.ts.
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

/** An announced change of an agent's terms. */
export interface SettingTask {
  readonly kind: 'setting';
  readonly agent: number;
  readonly name: string;
  readonly value: bigint;
  /** From then on the protocol lets the agent change it. */
  readonly dueS: number;
}

export type Task = RedemptionTask | MintingDefaultTask | UnderlyingBlockTask | SettingTask;

/** Everything the agents remember. */
export interface AgentState {
  /** Highest block whose logs have been read. */
  seenBlock: number;
  /** In the order in which they arose. */
  tasks: Task[];
  /** What went wrong without anyone to tell: transactions of agents that reverted. */
  problems: string[];
}
