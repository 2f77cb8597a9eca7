/**
 * What every task of an agent works with: the agents themselves, the ledger, attestations, the faults.
 */
import { type EvmAccount, TransactionReverted } from '../../clients/flare/account.ts';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import type { AbiStruct, AttestationType } from '../fdc/attestation-types.ts';
import type { AgentWallet, LedgerAccess } from './agent-wallet.ts';
import type { AgentFaults } from './faults.ts';
import type { PendingAttestation, ServiceAttestor } from './service-attestor.ts';

export interface Agent {
  readonly vault: string;
  readonly owner: EvmAccount;
  readonly wallet: AgentWallet;
}

export interface Workshop {
  readonly agents: readonly Agent[];
  readonly assetManager: string;
  readonly ledger: LedgerAccess;
  readonly attestor: ServiceAttestor;
  readonly faults: AgentFaults;
  /** Ledgers above one before the verifier shows it. */
  readonly confirmations: number;
  nowS(): number;
  note(problem: string): void;
}

/** A task is worked on until it says that it is over. */
export type Progress = 'open' | 'over';

export function agentOf(workshop: Workshop, task: { readonly agent: number }): Agent {
  const agent = workshop.agents[task.agent];
  if (agent === undefined) throw new Error(`there is no agent ${task.agent}`);
  return agent;
}

/** Index of the newest ledger that the verifier shows. */
export function confirmedIndex({ ledger, confirmations }: Workshop): number {
  return ledger.history.lastIndex() - confirmations;
}

interface ProofPlan {
  readonly type: AttestationType;
  readonly body: AbiStruct;
  /** Function of the asset manager that takes the proof first, then `argumentsAfter`. */
  readonly functionName: string;
  readonly argumentsAfter: readonly unknown[];
  /** Statuses of the verifier after which there is nothing to prove any more. */
  readonly finalStatus?: RegExp;
}

/**
 * One step towards a proven call: asks for the attestation, waits over ticks, asks again when a round left it out,
 * calls the asset manager. A reverted call is noted and ends the task, as it would be the same next time.
 */
export async function proveAndCall(
  workshop: Workshop,
  task: { readonly agent: number; proof?: PendingAttestation },
  plan: ProofPlan,
): Promise<Progress> {
  const { attestor } = workshop;
  const { owner } = agentOf(workshop, task);
  if (task.proof === undefined) {
    const asked = await attestor.request(owner, plan.type, plan.body);
    if ('status' in asked) return plan.finalStatus?.test(asked.status) === true ? 'over' : 'open';
    task.proof = asked;
    return 'open';
  }
  const { functionName } = plan;
  const proof = attestor.proof(task.proof, { contract: assetManagerInterface, functionName });
  if (proof === undefined) return 'open';
  delete task.proof;
  if (proof === 'missed') return 'open';
  await callAssetManager(workshop, owner, functionName, [proof, ...plan.argumentsAfter]);
  return 'over';
}

/** Calls as an agent's owner; a reverted call is noted. */
export async function callAssetManager(
  workshop: Workshop,
  owner: EvmAccount,
  functionName: string,
  values: readonly unknown[],
): Promise<void> {
  try {
    const data = assetManagerInterface.encodeFunctionData(functionName, values);
    await owner.send({ to: workshop.assetManager, data });
  } catch (error) {
    if (!(error instanceof TransactionReverted)) throw error;
    workshop.note(`${functionName} of agent ${owner.address} at ${workshop.nowS()}: ${error.message}`);
  }
}
