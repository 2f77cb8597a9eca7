/** Getters that tell what is not so, while the protocol does right: told by probes of views (protocol facts 2 to 5 and 8). */
import type { PlantedFault } from './planted-fault.ts';

const LISTS = 'asset-manager/facets/AgentAvailabilityFacet.sol';
const QUEUE = 'asset-manager/facets/RedemptionQueueFacet.sol';
const COLLATERAL = 'asset-manager/library/Collateral.sol';

/** Something of a file is written otherwise, and the probe of that name tells of it first. */
const told = (name: string, story: string, patch: readonly [string, string, string], probe: string): PlantedFault => {
  const [file, find, replace] = patch;
  return { name, story, patches: [{ file, find, replace }], check: `probe: ${probe}`, steps: 1 };
};

const AVAILABLE = 'return _page(Store.get().availableAgents, start, end);';
/** Ends of the two infos of a request. */
const FEE = 'info.executorFeeNatWei = request.executorFeeNatWei;';
const PLAIN_END = `${FEE}\n    }`;

const lists: readonly PlantedFault[] = [
  told(
    'later-page-repeats-the-first',
    'a later page of a list of agents shows the first ones again',
    [LISTS, 'page[i - start] = list[i];', 'page[i - start] = list[i - start];'],
    'getAllAgents of all but the first',
  ),
  told(
    'available-agents-without-the-last',
    'the last of the available agents is on no page',
    [LISTS, AVAILABLE, AVAILABLE.replace('end)', 'Math.min(end, Store.get().availableAgents.length - 1))')],
    'getAvailableAgentsList of all',
  ),
  told(
    'detailed-list-fee-one-more',
    'the detailed list tells an agent fee that is one BIPS too high',
    [LISTS, '_agents[i].feeBIPS = agent.feeBIPS;', '_agents[i].feeBIPS = agent.feeBIPS + 1;'],
    'getAvailableAgentsDetailedList of all',
  ),
  told(
    'detailed-list-lots-one-more',
    'the detailed list tells one free lot too many',
    [
      LISTS,
      '_agents[i].freeCollateralLots = Collateral.all(agent).freeLots(agent);',
      '_agents[i].freeCollateralLots = Collateral.all(agent).freeLots(agent) + 1;',
    ],
    'getAvailableAgentsDetailedList of all',
  ),
];

const requests: readonly PlantedFault[] = [
  told(
    'odd-request-tells-no-value',
    'the info of a request from a pool (odd id) tells a value of 0',
    [QUEUE, PLAIN_END, `if (request.poolSelfClose) info.valueUBA = 0; ${PLAIN_END}`],
    'redemptionRequestInfo of a self-close (odd id), when it was made',
  ),
];

const agents: readonly PlantedFault[] = [
  told(
    'ratio-of-the-lower-price',
    'the ratios told of an agent are the lower ones of the ordinary and the trusted price',
    [COLLATERAL, 'Math.max(_ratioBipsAt', 'Math.min(_ratioBipsAt'],
    'getAgentInfo of an agent at a lower trusted price of what it backs',
  ),
];

export const viewFaults: readonly PlantedFault[] = [...lists, ...requests, ...agents];
