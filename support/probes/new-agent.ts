/** An agent that only exists in simulations. */
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { act } from './acts.ts';
import type { AgentFacts, Facts } from './facts.ts';
import type { Prober } from './prober.ts';
import { addressProof } from './proofs.ts';
import type { Call } from './simulation.ts';

export interface NewAgent {
  readonly vault: string;
  readonly pool: string;
  /** Its account on the ledger. */
  readonly address: string;
  readonly made: readonly Call[];
  /** The same creation with another proof. */
  readonly create: (of: ReturnType<typeof addressProof>) => Call;
}

/** On the terms of an agent that there is, and of the same owner. */
export async function newAgent(prober: Prober, facts: Facts, agent: AgentFacts): Promise<NewAgent> {
  const { assetManager } = facts.contracts;
  const [info] = await prober.view(facts, assetManager, assetManagerInterface, 'getAgentInfo', [agent.vault]);
  const terms = {
    vaultCollateralToken: agent.vaultToken,
    poolTokenSuffix: 'PROBE',
    feeBIPS: agent.feeBips,
    poolFeeShareBIPS: info.poolFeeShareBIPS,
    mintingVaultCollateralRatioBIPS: info.mintingVaultCollateralRatioBIPS,
    mintingPoolCollateralRatioBIPS: info.mintingPoolCollateralRatioBIPS,
    buyFAssetByAgentFactorBIPS: info.buyFAssetByAgentFactorBIPS,
    poolExitCollateralRatioBIPS: info.poolExitCollateralRatioBIPS,
    redemptionPoolFeeShareBIPS: info.redemptionPoolFeeShareBIPS,
  };
  const address = 'rProbeAgent1111111111111111111111';
  const create = (of: ReturnType<typeof addressProof>): Call =>
    act(facts, agent.owner, 'createAgentVault', [of, terms]);
  const made = [create(addressProof(facts, address))];
  const event = await prober.event(facts, 'a new agent', made, 'AgentVaultCreated');
  return { vault: event['agentVault'], pool: event['creationData'].collateralPool, address, made, create };
}
