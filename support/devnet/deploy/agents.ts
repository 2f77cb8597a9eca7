/**
 * Brings agents up to where users can mint against them: whitelisted, with a vault, collateral, pool tokens and a place in
 * the list. The same calls serve the stand-in and the real contracts; who pays redemptions later is not decided here.
 */
import { Interface } from 'ethers';
import { z } from 'zod';
import type { EvmAccount, Receipt } from '../../clients/flare/account.ts';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import type { DeployContext, ProtocolDeployment } from './deployment.ts';

export interface AgentPlan {
  /** Shown in the owner registry. */
  readonly name: string;
  /** Management account: owns the vault and pays its pool collateral in native coin. */
  readonly ownerAccount: EvmAccount;
  /** Receives the agent's fees, where given; else the management account does. */
  readonly workAccount?: EvmAccount;
  /** XRPL address that minters pay to. */
  readonly underlyingAddress: string;
  readonly feeBips: bigint;
  readonly poolFeeShareBips: bigint;
  readonly redemptionPoolFeeShareBips: bigint;
  /** Vault collateral in smallest units of the vault token. */
  readonly vaultCollateralUnits: bigint;
  /** Native coin for the agent's own pool tokens; at least one coin. */
  readonly poolCollateralWei: bigint;
  readonly mintingVaultCollateralRatioBips: bigint;
  readonly mintingPoolCollateralRatioBips: bigint;
  readonly poolExitCollateralRatioBips: bigint;
  readonly buyFAssetByAgentFactorBips: bigint;
  /** 2 to 20 characters, A-Z 0-9 and inner hyphens, never used before. */
  readonly poolTokenSuffix: string;
}

export interface OnboardedAgent {
  readonly name: string;
  readonly vault: string;
  readonly pool: string;
  readonly poolToken: string;
  readonly underlyingAddress: string;
  /** Management address. */
  readonly ownerAddress: string;
}

/** Attestations that onboarding needs, with their FDC request bodies. */
export type ProofRequest =
  | { readonly type: 'AddressValidity'; readonly body: { readonly addressStr: string } }
  | {
      readonly type: 'ConfirmedBlockHeightExists';
      readonly body: { readonly blockNumber: bigint; readonly queryWindow: bigint };
    };

/** A proof struct as ethers takes it: `data` holds the decoded response. */
export interface Proof {
  readonly merkleProof: readonly string[];
  readonly data: unknown;
}

export interface OnboardOptions {
  readonly context: DeployContext;
  readonly deployment: ProtocolDeployment;
  readonly agents: readonly AgentPlan[];
  /** A ledger that the verifier already sees as confirmed and that has one before it: sets the underlying block. */
  readonly confirmedLedgerIndex: bigint;
  /** Proves all requests, in one voting round, and gives the proofs in the order asked. */
  readonly prove: (requests: readonly ProofRequest[]) => Promise<readonly Proof[]>;
}

/** What the official package has no interface of, alike in v1.2 and v1.3. */
const ownerRegistryInterface = new Interface([
  'function setWorkAddress(address workAddress)',
  'function acceptWorkAddressAssignment(address managementAddress)',
]);
const agentVaultInterface = new Interface([
  'function depositCollateral(address token, uint256 amount)',
  'function buyCollateralPoolTokens() payable',
]);
const tokenInterface = new Interface(['function approve(address spender, uint256 amount) returns (bool)']);

/** Length of the window the confirmed ledger is proven with; only updateCurrentBlock reads the proof, and it ignores it. */
const QUERY_WINDOW_S = 1n;

/** Onboards `agents` one after the other and returns them in the same order. Throws what a failing transaction throws. */
export async function onboardAgents(options: OnboardOptions): Promise<OnboardedAgent[]> {
  const { context, deployment, agents } = options;
  const [confirmedLedger, ...addressProofs] = await options.prove([
    {
      type: 'ConfirmedBlockHeightExists',
      body: { blockNumber: options.confirmedLedgerIndex, queryWindow: QUERY_WINDOW_S },
    },
    ...agents.map(({ underlyingAddress }) => ({
      type: 'AddressValidity' as const,
      body: { addressStr: underlyingAddress },
    })),
  ]);
  if (confirmedLedger === undefined || addressProofs.length !== agents.length)
    throw new Error(
      `asked for ${agents.length + 1} proofs and was given ${addressProofs.length + (confirmedLedger ? 1 : 0)}`,
    );
  // Without a current underlying block every payment deadline would count from zero.
  await sendCall(context.deployer, deployment.assetManager, assetManagerInterface, 'updateCurrentBlock', [
    confirmedLedger,
  ]);
  const onboarded: OnboardedAgent[] = [];
  for (const [index, plan] of agents.entries()) {
    await registerOwner(deployment, plan);
    onboarded.push(await createAgent(deployment, plan, addressProofs[index]));
  }
  return onboarded;
}

async function registerOwner(deployment: ProtocolDeployment, plan: AgentPlan): Promise<void> {
  const { ownerAccount, workAccount } = plan;
  await deployment.whitelistAgentOwner(ownerAccount.address, plan.name);
  if (workAccount === undefined) return;
  const registry = deployment.agentOwnerRegistry;
  await sendCall(ownerAccount, registry, ownerRegistryInterface, 'setWorkAddress', [workAccount.address]);
  // From v1.3 on the work address has to agree.
  if (deployment.version === 'v1.3')
    await sendCall(workAccount, registry, ownerRegistryInterface, 'acceptWorkAddressAssignment', [
      ownerAccount.address,
    ]);
}

async function createAgent(
  deployment: ProtocolDeployment,
  plan: AgentPlan,
  addressProof: Proof | undefined,
): Promise<OnboardedAgent> {
  const owner = plan.ownerAccount;
  const { assetManager, vaultToken } = deployment;
  const agent = createdVault(
    plan,
    await sendCall(owner, assetManager, assetManagerInterface, 'createAgentVault', [
      addressProof,
      agentSettings(plan, vaultToken),
    ]),
  );
  await deployment.mintVaultToken(owner.address, plan.vaultCollateralUnits);
  await sendCall(owner, vaultToken, tokenInterface, 'approve', [agent.vault, plan.vaultCollateralUnits]);
  await sendCall(owner, agent.vault, agentVaultInterface, 'depositCollateral', [vaultToken, plan.vaultCollateralUnits]);
  await sendCall(owner, agent.vault, agentVaultInterface, 'buyCollateralPoolTokens', [], plan.poolCollateralWei);
  await sendCall(owner, assetManager, assetManagerInterface, 'makeAgentAvailable', [agent.vault]);
  return agent;
}

/** AgentSettings.Data. */
function agentSettings(plan: AgentPlan, vaultToken: string): Record<string, unknown> {
  return {
    vaultCollateralToken: vaultToken,
    poolTokenSuffix: plan.poolTokenSuffix,
    feeBIPS: plan.feeBips,
    poolFeeShareBIPS: plan.poolFeeShareBips,
    mintingVaultCollateralRatioBIPS: plan.mintingVaultCollateralRatioBips,
    mintingPoolCollateralRatioBIPS: plan.mintingPoolCollateralRatioBips,
    buyFAssetByAgentFactorBIPS: plan.buyFAssetByAgentFactorBips,
    poolExitCollateralRatioBIPS: plan.poolExitCollateralRatioBips,
    redemptionPoolFeeShareBIPS: plan.redemptionPoolFeeShareBips,
  };
}

const vaultCreated = z.object({
  agentVault: z.string(),
  creationData: z.object({ collateralPool: z.string(), collateralPoolToken: z.string() }),
});

function createdVault(plan: AgentPlan, receipt: Receipt): OnboardedAgent {
  const event = receipt.logs
    .map((log) => assetManagerInterface.parseLog(log))
    .find((parsed) => parsed?.name === 'AgentVaultCreated');
  if (!event) throw new Error(`creating the vault of ${plan.name} gave no AgentVaultCreated event`);
  const { agentVault, creationData } = vaultCreated.parse(event.args.toObject(true));
  return {
    name: plan.name,
    vault: agentVault,
    pool: creationData.collateralPool,
    poolToken: creationData.collateralPoolToken,
    underlyingAddress: plan.underlyingAddress,
    ownerAddress: plan.ownerAccount.address,
  };
}

function sendCall(
  account: EvmAccount,
  to: string,
  contract: Interface,
  method: string,
  args: readonly unknown[],
  valueWei = 0n,
): Promise<Receipt> {
  return account.send({ to, data: contract.encodeFunctionData(method, args), valueWei });
}
