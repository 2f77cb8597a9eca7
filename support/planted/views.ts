/** Getters that tell what is not so, while the protocol does right: told by probes of views (protocol facts 2 to 5 and 8). */
import { type PlantedFault, metBy } from './planted-fault.ts';

const LISTS = 'asset-manager/facets/AgentAvailabilityFacet.sol';
const QUEUE = 'asset-manager/facets/RedemptionQueueFacet.sol';
const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const REQUEST = 'asset-manager/facets/RedemptionRequestFacet.sol';
const INFO = 'asset-manager/facets/AgentInfoFacet.sol';
const PAUSE = 'asset-manager/facets/PauseFacet.sol';
const COLLATERAL = 'asset-manager/library/Collateral.sol';
const PRICES = 'asset-manager/library/Prices.sol';
const POOL_FEES = 'pool/PoolFees.sol';
const POOL = 'pool/CollateralPool.sol';
const POOL_TOKEN = 'pool/CollateralPoolToken.sol';

/** Something of a file is written otherwise, and the probe of that name tells of it first. */
const told = (name: string, story: string, patch: readonly [string, string, string], probe: string): PlantedFault => {
  const [file, find, replace] = patch;
  return { name, story, patches: [{ file, find, replace }], check: `probe: ${probe}`, steps: 1 };
};

const AVAILABLE = 'return _page(Store.get().availableAgents, start, end);';
const NEXT = 'ticketId = ofAgent ? ticket.nextOfAgent : ticket.next;';
/** Ends of the two infos of a request. */
const FEE = 'info.executorFeeNatWei = request.executorFeeNatWei;';
const PLAIN_END = `${FEE}\n    }`;
const LONGER_END = `${FEE}\n        info.requiresDestinationTag`;
const QUOTE = 'return _reservationFee(lots.lotsAmg(), Prices.amgPrice(Agents.poolCollateral()));';

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
  told(
    'minters-list-keeps-who-was-removed',
    'a minter that an agent removed is still told',
    [LISTS, 'Agents.get(agentVault).alwaysAllowedMinters.remove(minter);', 'Agents.get(agentVault);'],
    'alwaysAllowedMintersForAgent with one minter less',
  ),
];

const queues: readonly PlantedFault[] = [
  told(
    'next-page-begins-too-early',
    'the next page of a queue is told to begin with the last ticket shown',
    [
      QUEUE,
      'return (page, ticketId);',
      'return (page, ticketId == 0 || count == 0 ? ticketId : page[count - 1].redemptionTicketId);',
    ],
    'redemptionQueue of all, all but the last',
  ),
  told(
    'agent-queue-goes-on-as-all',
    "an agent's queue goes on with whatever ticket comes next",
    [QUEUE, NEXT, 'ticketId = ticket.next; ofAgent;'],
    'agentRedemptionQueue of an agent, all',
  ),
  told(
    'most-redeemable-without-dust',
    "what can be redeemed from an agent leaves out the agent's dust",
    [REQUEST, 'uint256 totalAmg = Agents.get(agentVault).dustAmg;', 'uint256 totalAmg = 0; Agents.get(agentVault);'],
    'maxRedemptionFromAgent of an agent with dust',
  ),
  told(
    'most-redeemable-one-ticket-more',
    'what can be redeemed from an agent counts a ticket more than one redemption takes',
    [REQUEST, 'i < state.settings.maxRedeemedTickets', 'i <= state.settings.maxRedeemedTickets'],
    'maxRedemptionFromAgent of an agent with more tickets than one redemption takes',
  ),
];

const records: readonly PlantedFault[] = [
  told(
    'quote-one-wei-more',
    'the quote of a reservation fee is one wei too high',
    [RESERVATION, QUOTE, QUOTE.replace(';', ' + 1;')],
    'collateralReservationFee for no lot',
  ),
  metBy(
    told(
      'reservation-tells-minter-as-executor',
      'the info of a reservation tells the minter as the executor',
      [RESERVATION, 'info.executor = reservation.executor;', 'info.executor = reservation.minter;'],
      'collateralReservationInfo with an executor, when it was made',
    ),
    1,
    'minting executor',
  ),
  metBy(
    told(
      'reservation-tells-more-executor-fee',
      "the info of a reservation tells a wei more of the executor's fee",
      [
        RESERVATION,
        'info.executorFeeNatWei = reservation.executorFeeNatWei;',
        'info.executorFeeNatWei = reservation.executorFeeNatWei + 1;',
      ],
      'collateralReservationInfo with an executor, when it was made',
    ),
    1,
    'minting executorFeeWei',
  ),
];

const requests: readonly PlantedFault[] = [
  metBy(
    told(
      'request-tells-more-executor-fee',
      "the info of a request tells a wei more of the executor's fee",
      [QUEUE, PLAIN_END, PLAIN_END.replace(';', ' + 1;')],
      'redemptionRequestInfo of a redemption, when it was made',
    ),
    2,
    'redemption executorFeeWei',
  ),
  told(
    'longer-info-tells-more-fee',
    'the longer info of a request tells a fee that is one unit too high',
    [QUEUE, LONGER_END, `info.feeUBA += 1; ${LONGER_END}`],
    'redemptionRequestInfoExt of a redemption, when it was made',
  ),
  told(
    'odd-request-tells-no-value',
    'the info of a request from a pool (odd id) tells a value of 0',
    [QUEUE, PLAIN_END, `if (request.poolSelfClose) info.valueUBA = 0; ${PLAIN_END}`],
    'redemptionRequestInfo of a self-close (odd id), when it was made',
  ),
  told(
    'odd-request-told-as-even',
    'the info of a request from a pool (odd id) tells that it is none',
    [QUEUE, PLAIN_END, `info.poolSelfClose = false; ${PLAIN_END}`],
    'redemptionRequestInfo of a self-close (odd id), when it was made',
  ),
  told(
    'tag-of-nobody',
    'the longer info of a request without a tag tells that it needs one',
    [QUEUE, 'info.requiresDestinationTag = request.requiresDestinationTag;', 'info.requiresDestinationTag = true;'],
    'redemptionRequestInfoExt of a redemption, when it was made',
  ),
];

const agents: readonly PlantedFault[] = [
  told(
    'ratio-of-the-lower-price',
    'the ratios told of an agent are the lower ones of the ordinary and the trusted price',
    [COLLATERAL, 'Math.max(_ratioBipsAt', 'Math.min(_ratioBipsAt'],
    'getAgentInfo of an agent at a lower trusted price of what it backs',
  ),
  told(
    'trusted-price-never-too-old',
    'a trusted price counts however old it is',
    [
      PRICES,
      'counts = submits > 0 && trustedAt + Store.settings().maxTrustedPriceAgeSeconds >= ordinaryAt;',
      'counts = submits > 0; trustedAt; ordinaryAt;',
    ],
    'getAgentInfo of an agent at a lower trusted price that is a second too old',
  ),
  {
    name: 'ratios-exchanged',
    story: "the vault's ratio of an agent is told as the pool's, and the other way round",
    patches: [
      {
        file: INFO,
        find: 'info.vaultCollateralRatioBIPS = holdings.vault.ratioBips(agent);',
        replace: 'info.vaultCollateralRatioBIPS = holdings.pool.ratioBips(agent);',
      },
      {
        file: INFO,
        find: 'info.poolCollateralRatioBIPS = holdings.pool.ratioBips(agent);',
        replace: 'info.poolCollateralRatioBIPS = holdings.vault.ratioBips(agent);',
      },
    ],
    check: 'getAgentInfo vaultCollateralRatioBIPS',
    steps: 2,
  },
  told(
    'pause-told-a-second-longer',
    'a pause is told to end a second later than it does',
    [
      PAUSE,
      'return Math.max(Pauses.endOf(state.externalPause), Pauses.endOf(state.governancePause));',
      'return Math.max(Pauses.endOf(state.externalPause), Pauses.endOf(state.governancePause)) + 1;',
    ],
    'emergencyPausedUntil in a pause of level 1, in its last second',
  ),
];

const pools: readonly PlantedFault[] = [
  told(
    'locked-tokens-are-the-fewer',
    'the locked tokens of an account are told as the fewer of those in debt and those under a timelock',
    [
      POOL_TOKEN,
      'return Math.max(debtLockedBalanceOf(account), timelockedBalanceOf(account));',
      'return Math.min(debtLockedBalanceOf(account), timelockedBalanceOf(account));',
    ],
    'CollateralPoolToken.lockedBalanceOf of the user, when the first timelock has ended',
  ),
  told(
    'debt-locked-one-more',
    'one token unit more is told as locked by debt',
    [
      POOL_FEES,
      'balanceWei > freeWei ? balanceWei - freeWei : 0;',
      'balanceWei > freeWei ? balanceWei - freeWei + 1 : 0;',
    ],
    'CollateralPool.debtLockedTokensOf of the user, entered',
  ),
  told(
    'locked-token-of-nobody',
    'one token unit more is told as locked by debt, even of whoever has none',
    [
      POOL_TOKEN,
      'return ICollateralPool(collateralPool).debtLockedTokensOf(account);',
      'return ICollateralPool(collateralPool).debtLockedTokensOf(account) + 1;',
    ],
    'CollateralPoolToken.debtLockedBalanceOf of nobody, agent 1',
  ),
  told(
    'self-close-needs-one-more',
    'a unit more FAssets are told to be needed for leaving a pool by self-close',
    [
      POOL,
      'return _closedUbaFor(totalCollateral.mulDiv(tokensWei, token.totalSupply()));',
      'return _closedUbaFor(totalCollateral.mulDiv(tokensWei, token.totalSupply())) + 1;',
    ],
    'CollateralPool.fAssetRequiredForSelfCloseExit for nothing, agent 1',
  ),
];

export const viewFaults: readonly PlantedFault[] = [...lists, ...queues, ...records, ...requests, ...agents, ...pools];
