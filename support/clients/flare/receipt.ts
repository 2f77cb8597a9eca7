/** The part of a node's receipt that accounting needs. */
import { type Wei, wei } from '../../units/amounts.ts';

export interface EventLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

export interface Receipt {
  readonly hash: string;
  readonly blockNumber: number;
  readonly transactionIndex: number;
  readonly succeeded: boolean;
  readonly contractAddress: string | undefined;
  readonly logs: readonly EventLog[];
  /** gasUsed · effectiveGasPrice. */
  readonly gasCostWei: Wei;
}

export interface RpcReceipt {
  transactionHash: string;
  blockNumber: string;
  transactionIndex: string;
  status: string;
  contractAddress: string | null;
  gasUsed: string;
  effectiveGasPrice: string;
  logs: { address: string; topics: string[]; data: string }[];
}

export function toReceipt(raw: RpcReceipt): Receipt {
  return {
    hash: raw.transactionHash,
    blockNumber: Number(raw.blockNumber),
    transactionIndex: Number(raw.transactionIndex),
    succeeded: BigInt(raw.status) === 1n,
    contractAddress: raw.contractAddress ?? undefined,
    logs: raw.logs,
    gasCostWei: wei(BigInt(raw.gasUsed) * BigInt(raw.effectiveGasPrice)),
  };
}
