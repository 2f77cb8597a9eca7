/** What is told of each agent, getter by getter, and of its pool. */
import { ZeroAddress } from 'ethers';
import { maximum } from '../units/amounts.ts';
import { EXECUTOR, STRANGER } from './people.ts';
import type { Probe } from './probe.ts';
import { AGENT_SETTINGS, type AgentTruth, type ViewFacts } from './view-facts.ts';
import { managerViews, poolTokenViews, poolViews, vaultViews } from './view-interfaces.ts';
import { answers, refuses } from './view-probes.ts';
import { ticketsShown } from './view-queue.ts';

/** So many agents are looked at one by one. */
const MOST_AGENTS = 5;

export const agentViews = (truth: ViewFacts): Probe[] => [
  ...truth.agents.slice(0, MOST_AGENTS).flatMap((agent) => [...ofManager(truth, agent), ...ofContracts(truth, agent)]),
  ...ofNobody(truth),
];

function ofManager({ facts, settings }: ViewFacts, agent: AgentTruth): Probe[] {
  const { vault, name, owner, workAddress, info, pool, vaultToken, computed, least, tickets, reading } = agent;
  const told = (view: string, args: readonly unknown[], values: readonly unknown[], about = `of ${name}`): Probe =>
    answers({ to: facts.contracts.assetManager, contract: managerViews, view, args: [vault, ...args], about }, values);
  const redeemable = tickets.slice(0, Number(settings.maxRedeemedTickets));
  return [
    told('getAgentInfo', [], [infoOf(agent, facts.contracts.wNat)]),
    ...AGENT_SETTINGS.map((setting) =>
      told('getAgentSetting', [setting], [agent.settings[setting]], `${setting} of ${name}`),
    ),
    told('getCollateralPool', [], [pool]),
    told('getAgentVaultOwner', [], [owner]),
    told('getAgentVaultCollateralToken', [], [vaultToken]),
    told('getAgentFullVaultCollateral', [], [reading.held.vaultUnits]),
    told('getAgentFullPoolCollateral', [], [reading.held.poolCollateralWei]),
    told('getAgentMinVaultCollateralRatioBIPS', [], [least.vaultBips]),
    told('getAgentMinPoolCollateralRatioBIPS', [], [least.poolBips]),
    told(
      'getAgentLiquidationFactorsAndMaxAmount',
      [],
      [
        info['liquidationPaymentFactorVaultBIPS'],
        info['liquidationPaymentFactorPoolBIPS'],
        info['maxLiquidationAmountUBA'],
      ],
    ),
    answers(
      {
        to: facts.contracts.assetManager,
        contract: managerViews,
        view: 'getWorkAddress',
        args: [owner],
        about: `of ${name}'s owner`,
      },
      [workAddress],
    ),
    told('getFAssetsBackedByPool', [], [computed.mintedUba + computed.reservedUba + computed.poolRedeemingUba]),
    told('maxRedemptionFromAgent', [], [redeemable.reduce((sum, { valueUba }) => sum + valueUba, reading.dustUba)]),
    told('isAgentVaultOwner', [owner], [true], `of ${name}: the owner`),
    ...(workAddress === ZeroAddress
      ? []
      : [told('isAgentVaultOwner', [workAddress], [true], `of ${name}: the owner's work address`)]),
    told('isAgentVaultOwner', [STRANGER], [false], `of ${name}: a stranger`),
    told('isLockedVaultToken', [vaultToken], [true], `of ${name}: its collateral`),
    told('isLockedVaultToken', [agent.poolToken], [true], `of ${name}: its pool tokens`),
    told('isLockedVaultToken', [facts.contracts.fAsset], [false], `of ${name}: FAssets`),
    told('agentRedemptionQueue', [0n, tickets.length + 1], [ticketsShown(tickets), 0n]),
  ];
}

/** All fields of getAgentInfo: what is kept elsewhere or follows from other figures is not taken from it. */
export function infoOf(agent: AgentTruth, wNat: string): Readonly<Record<string, unknown>> {
  const { info, settings, computed, least, reading, liquidation, underlyingBalanceUba } = agent;
  const { capacity, ratios } = computed;
  const requiredUba = reading.mintedUba + reading.redeemingUba;
  const [vaultFactor, poolFactor, mostUba] = liquidation;
  return {
    ...info.toObject(),
    ...settings,
    ownerManagementAddress: agent.owner,
    ownerWorkAddress: agent.workAddress,
    collateralPool: agent.pool,
    collateralPoolToken: agent.poolToken,
    publiclyAvailable: agent.isAvailable,
    vaultCollateralToken: agent.vaultToken,
    poolWNatToken: wNat,
    mintingVaultCollateralRatioBIPS: maximum(settings['mintingVaultCollateralRatioBIPS'] ?? 0n, least.vaultBips),
    mintingPoolCollateralRatioBIPS: maximum(settings['mintingPoolCollateralRatioBIPS'] ?? 0n, least.poolBips),
    freeCollateralLots: computed.freeLots,
    totalVaultCollateralWei: capacity.vaultUnits,
    freeVaultCollateralWei: capacity.freeVaultUnits,
    vaultCollateralRatioBIPS: ratios.vaultBips,
    totalPoolCollateralNATWei: capacity.poolWei,
    freePoolCollateralNATWei: capacity.freePoolWei,
    poolCollateralRatioBIPS: ratios.poolBips,
    totalAgentPoolTokensWei: capacity.agentTokensWei,
    freeAgentPoolTokensWei: capacity.freeAgentTokensWei,
    mintedUBA: reading.mintedUba,
    reservedUBA: reading.reservedUba,
    redeemingUBA: reading.redeemingUba,
    poolRedeemingUBA: reading.poolRedeemingUba,
    dustUBA: reading.dustUba,
    underlyingBalanceUBA: underlyingBalanceUba,
    requiredUnderlyingBalanceUBA: requiredUba,
    freeUnderlyingBalanceUBA: underlyingBalanceUba - requiredUba,
    liquidationPaymentFactorVaultBIPS: vaultFactor,
    liquidationPaymentFactorPoolBIPS: poolFactor,
    maxLiquidationAmountUBA: mostUba,
  };
}

/** What an agent's own contracts tell of each other. */
function ofContracts({ facts }: ViewFacts, agent: AgentTruth): Probe[] {
  const { vault, name, pool, poolToken, owner, settings } = agent;
  const { assetManager, fAsset, wNat } = facts.contracts;
  const about = `of ${name}`;
  const ofPool = (view: string, value: unknown): Probe =>
    answers({ to: pool, contract: poolViews, view, about }, [value]);
  const ofToken = (view: string, value: unknown): Probe =>
    answers({ to: poolToken, contract: poolTokenViews, view, about }, [value]);
  const ofVault = (view: string, args: readonly unknown[], value: unknown, who = about): Probe =>
    answers({ to: vault, contract: vaultViews, view, args, about: who }, [value]);
  return [
    ofPool('agentVault', vault),
    ofPool('assetManager', assetManager),
    ofPool('fAsset', fAsset),
    ofPool('wNat', wNat),
    ofPool('poolToken', poolToken),
    ofPool('token', poolToken),
    ofPool('exitCollateralRatioBIPS', settings['poolExitCollateralRatioBIPS']),
    ofToken('collateralPool', pool),
    ofToken('decimals', 18n),
    ofVault('collateralPool', [], pool),
    ofVault('isOwner', [owner], true, `${about}: the owner`),
    ofVault('isOwner', [EXECUTOR], false, `${about}: a stranger`),
  ];
}

function ofNobody({ facts }: ViewFacts): Probe[] {
  const unknown = (view: string, args: readonly unknown[] = []): Probe => {
    const to = facts.contracts.assetManager;
    return refuses(
      { to, contract: managerViews, view, args: [STRANGER, ...args], about: 'of no agent' },
      'InvalidAgentVaultAddress',
    );
  };
  return [
    unknown('getAgentInfo'),
    unknown('getAgentSetting', ['feeBIPS']),
    unknown('getCollateralPool'),
    unknown('getAgentVaultOwner'),
    unknown('getAgentVaultCollateralToken'),
    unknown('getAgentFullVaultCollateral'),
    unknown('getAgentFullPoolCollateral'),
    unknown('maxRedemptionFromAgent'),
    unknown('agentRedemptionQueue', [0n, 1n]),
  ];
}
