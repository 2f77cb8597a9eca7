/** Faults of what an agent can still mint, told or granted wrong (protocol facts 2.1). */
import type { PlantedFault } from './planted-fault.ts';

const COLLATERAL = 'asset-manager/library/Collateral.sol';
const INFO = 'asset-manager/facets/AgentInfoFacet.sol';
const TOLD = 'info.freeCollateralLots = holdings.freeLots(agent);';
const SCARCEST = 'return Math.min(_lots(holdings.vault, agent), poolLots);';
const LOTS = 'getAgentInfo freeCollateralLots';

export const capacityFaults: readonly PlantedFault[] = [
  {
    name: 'free-lots-told-one-more',
    story: 'an agent is told to have one free lot more than it has',
    patches: [{ file: INFO, find: TOLD, replace: 'info.freeCollateralLots = holdings.freeLots(agent) + 1;' }],
    check: LOTS,
    steps: 1,
  },
  {
    name: 'free-lots-told-one-less',
    story: 'an agent is told to have one free lot less than it has',
    patches: [
      {
        file: INFO,
        find: TOLD,
        replace: `${TOLD} if (info.freeCollateralLots > 0) info.freeCollateralLots--;`,
      },
    ],
    check: LOTS,
    steps: 1,
  },
  {
    name: 'capacity-halved',
    story: 'half of the free lots are told and granted',
    patches: [{ file: COLLATERAL, find: SCARCEST, replace: SCARCEST.replace(';', ' / 2;') }],
    check: LOTS,
    steps: 1,
  },
  {
    name: 'capacity-of-vault-alone',
    story: 'only the vault decides how many lots are free',
    patches: [
      {
        file: COLLATERAL,
        find: SCARCEST,
        replace: 'return poolLots == type(uint256).max ? 0 : _lots(holdings.vault, agent);',
      },
    ],
    check: LOTS,
    steps: 1,
  },
  {
    name: 'capacity-without-pool-fee',
    story: "a lot is reckoned without the pool's part of its fee",
    patches: [
      {
        file: COLLATERAL,
        find: 'lotAmg + lotAmg.bips(agent.feeBIPS).bips(agent.poolFeeShareBIPS)',
        replace: 'lotAmg',
      },
    ],
    check: LOTS,
    steps: 1,
  },
  {
    name: 'reserved-collateral-told-free',
    story: 'what is reserved locks no collateral',
    patches: [
      {
        file: COLLATERAL,
        find: 'Prices.tokenWei(agent.reservedAmg + agent.mintedAmg,',
        replace: 'Prices.tokenWei(agent.mintedAmg,',
      },
    ],
    check: 'getAgentInfo freeVaultCollateralWei',
    steps: 2,
  },
  {
    name: 'redeeming-collateral-told-free',
    story: 'what is being redeemed locks no collateral',
    patches: [
      {
        file: COLLATERAL,
        find: '+ redeemingWei.bips(systemBips)',
        replace: '+ (redeemingWei.bips(systemBips) * 0)',
      },
    ],
    check: 'getAgentInfo freeVaultCollateralWei',
    steps: 3,
  },
  {
    name: 'whole-vault-told-free',
    story: "an agent's whole vault is told as free",
    patches: [
      {
        file: INFO,
        find: 'info.freeVaultCollateralWei = holdings.vault.freeWei(agent);',
        replace: 'info.freeVaultCollateralWei = holdings.vault.fullWei;',
      },
    ],
    check: 'getAgentInfo freeVaultCollateralWei',
    steps: 2,
  },
  {
    name: 'pool-collateral-told-one-more',
    story: 'an agent is told to have one wei of pool collateral more than its pool has',
    patches: [
      {
        file: INFO,
        find: 'info.totalPoolCollateralNATWei = holdings.pool.fullWei;',
        replace: 'info.totalPoolCollateralNATWei = holdings.pool.fullWei + 1;',
      },
    ],
    check: 'getAgentInfo totalPoolCollateralNATWei',
    steps: 1,
  },
];
