/** Faults of the way from FAssets back to the underlying (protocol facts 3.1 to 3.3). */
import type { SourcePatch } from '../devnet/contracts/compile.ts';
import type { PlantedFault } from './planted-fault.ts';

const REQUEST = 'asset-manager/facets/RedemptionRequestFacet.sol';
/** Of what one redemption takes. */
const MAXIMUM = 'uint256 maxTickets = state.settings.maxRedeemedTickets;';
const CONFIRMATION = 'asset-manager/facets/RedemptionConfirmationFacet.sol';
const REDEMPTIONS = 'asset-manager/library/Redemptions.sol';
const BACKING = 'asset-manager/library/Backing.sol';
const QUEUE = 'asset-manager/library/Queue.sol';

/** How a redemption from wrong tickets shows: by what is paid, or in its record where nothing is paid. */
const WRONG_PIECES = ['balance of xrp', 'redemption agentVault', 'redemption valueUba', 'RedemptionRequested events'];

/** The view tells another status of an open request when the condition holds. */
const shownWhen = (condition: string, status: string): SourcePatch => {
  const head = `redemptionRequestInfo(uint256 id) external view returns (RedemptionRequestInfo.Data memory info) {
        Redemption storage request = Redemptions.get(id);
        info.redemptionRequestId = uint64(id);
        `;
  return {
    file: 'asset-manager/facets/RedemptionQueueFacet.sol',
    find: `${head}info.status = request.status;`,
    replace: `${head}bool isOther = ${condition} && request.status == RedemptionRequestInfo.Status.ACTIVE;
        info.status = isOther ? RedemptionRequestInfo.Status.${status} : request.status;`,
  };
};

export const redemptionFaults: readonly PlantedFault[] = [
  {
    name: 'redemption-fee-rounded-up',
    story: 'the redemption fee is rounded up instead of down',
    patches: [
      {
        file: REDEMPTIONS,
        find: 'request.feeUba = request.valueUba.bips(Store.settings().redemptionFeeBIPS);',
        replace: 'request.feeUba = (request.valueUba * Store.settings().redemptionFeeBIPS + 9999) / 10000;',
      },
    ],
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'redemption-burns-too-little',
    story: 'a redemption burns one base unit less than it redeems',
    patches: [
      {
        file: REQUEST,
        find: 'Store.fAsset().burn(msg.sender, redeemedUba);',
        replace: 'Store.fAsset().burn(msg.sender, redeemedUba - 1);',
      },
    ],
    check: 'balance of fAsset',
    steps: 2,
  },
  {
    name: 'last-minted-first-redeemed',
    story: 'redemptions take the last ticket of the queue, not the first',
    patches: [{ file: REQUEST, find: 'state.queue.first', replace: 'state.queue.last' }],
    check: WRONG_PIECES,
    steps: 3,
  },
  {
    name: 'redemption-of-lots-takes-dust',
    story: "a redemption of whole lots takes the agent's dust with a ticket",
    patches: [{ file: REQUEST, find: 'availableAmg -= availableAmg % granularityAmg;', replace: '' }],
    check: WRONG_PIECES,
    steps: 3,
  },
  {
    name: 'redeemed-dust-lost',
    story: "taking from a ticket forgets the agent's dust",
    patches: [
      {
        file: BACKING,
        find: 'ticket.valueAmg + agent.dustAmg - takenAmg',
        replace: 'ticket.valueAmg - takenAmg',
      },
    ],
    check: 'invariant: tickets and dust are the minted amount',
    steps: 2,
  },
  {
    name: 'agent-queue-not-linked',
    story: "an agent's second ticket is not put behind its first in the agent's own queue",
    patches: [{ file: QUEUE, find: 'else state.tickets[ofAgent.last].nextOfAgent = id;', replace: '' }],
    check: 'probe: agentRedemptionQueue of an agent, all',
    steps: 1,
  },
  {
    name: 'overdue-shown-as-defaulted',
    story: 'the view of a request says that it is defaulted as soon as its payment window is over',
    patches: [shownWhen('block.timestamp > request.lastUnderlyingTimestamp', 'DEFAULTED_UNCONFIRMED')],
    check: 'redemption status',
    steps: 2,
  },
  {
    name: 'request-shown-paid-at-first',
    story: 'the view of a request says for its first five seconds that it is paid',
    patches: [shownWhen('block.timestamp < request.timestamp + 5', 'SUCCESSFUL')],
    check: 'ground for redemption SUCCESSFUL',
    steps: 2,
  },
  {
    name: 'long-overdue-shown-as-defaulted',
    story: 'the view of a request says that it is defaulted when it is 34 minutes old',
    patches: [shownWhen('block.timestamp > request.timestamp + 34 minutes', 'DEFAULTED_UNCONFIRMED')],
    check: 'redemption status',
    steps: 3,
  },
  {
    name: 'common-queue-not-linked',
    story: 'a new ticket is not put behind the last one in the queue of all agents',
    patches: [{ file: QUEUE, find: 'else state.tickets[state.queue.last].next = id;', replace: '' }],
    check: 'probe: redemptionQueue of all, all',
    steps: 1,
  },
  {
    name: 'large-ticket-not-linked',
    story: 'a ticket of more than 20 lots is not put behind the last one in the queue of all agents',
    patches: [
      {
        file: QUEUE,
        find: 'else state.tickets[state.queue.last].next = id;',
        replace: 'else if (valueAmg <= 200_000_000) state.tickets[state.queue.last].next = id;',
      },
    ],
    check: 'invariant: the queues agree',
    steps: [2, 3],
  },
  {
    name: 'ticket-limit-one-fewer',
    story: 'one redemption takes a ticket fewer than the setting says',
    patches: [{ file: REQUEST, find: MAXIMUM, replace: MAXIMUM.replace(';', ' - 1;') }],
    check: 'balance of xrp',
    steps: 4,
  },
  {
    name: 'ticket-limit-one-more',
    story: 'one redemption takes a ticket more than the setting says',
    patches: [{ file: REQUEST, find: MAXIMUM, replace: MAXIMUM.replace(';', ' + 1;') }],
    check: 'balance of xrp',
    steps: 5,
  },
  {
    name: 'pool-redeeming-not-released',
    story: 'a finished redemption stays among what the agent is redeeming at the expense of its pool',
    patches: [{ file: BACKING, find: 'if (!poolSelfClose) agent.poolRedeemingAmg -= valueAmg;', replace: '' }],
    check: 'invariant: the pool redeems no more',
    steps: 2,
  },
  {
    name: 'required-without-redeeming',
    story: 'what an agent must hold on the ledger is what it has minted, without what it is redeeming',
    patches: [
      {
        file: 'asset-manager/library/Underlying.sol',
        find: 'Units.uba(agent.mintedAmg + agent.redeemingAmg)',
        replace: 'Units.uba(agent.mintedAmg)',
      },
    ],
    check: 'invariant: required underlying',
    steps: 2,
  },
  {
    name: 'redeeming-not-released',
    story: 'a finished redemption stays among what the agent is redeeming',
    patches: [
      {
        file: BACKING,
        find: 'agent.redeemingAmg -= valueAmg;',
        replace: '',
      },
    ],
    check: 'invariant: redeeming is what is requested',
    steps: 2,
  },
  {
    name: 'redemption-pool-fee-not-minted',
    story: 'the pool never gets its share of the redemption fee',
    patches: [{ file: CONFIRMATION, find: '_mintPoolFee(agent, request, id);', replace: '' }],
    check: 'balance of shared pool fees',
    steps: 2,
  },
  {
    name: 'redemption-pool-fee-untold',
    story: "the pool's share of the redemption fee is minted without an event",
    patches: [
      {
        file: CONFIRMATION,
        find: 'emit IAssetManagerEvents.RedemptionPoolFeeMinted(agent.vault, id, poolFeeUba);',
        replace: '',
      },
    ],
    check: 'invariant: pools get their part of redemption fees',
    steps: 2,
  },
  {
    name: 'redemption-pool-fee-wrong-share',
    story: 'the pool gets the share of the redemption fee that is meant for minting fees',
    patches: [
      {
        file: REDEMPTIONS,
        find: 'request.poolFeeShareBIPS = agent.redemptionPoolFeeShareBIPS;',
        replace: 'request.poolFeeShareBIPS = agent.poolFeeShareBIPS;',
      },
    ],
    check: 'redemption poolFeeShareBips',
    steps: 2,
  },
  {
    name: 'redemption-pool-fee-not-backed',
    story: "the pool's share of the redemption fee is minted without counting it as minted by the agent",
    patches: [{ file: CONFIRMATION, find: 'Backing.addMinted(agent, poolFeeUba.amg());', replace: '' }],
    check: 'invariant: supply is backed',
    steps: 2,
  },
  {
    name: 'redemption-payment-not-booked',
    story: "a confirmed payment is not taken off the agent's underlying balance",
    patches: [{ file: CONFIRMATION, find: 'Underlying.spend(agent, facts.spentUba);', replace: '' }],
    check: 'invariant: underlying balance is what the ledger holds',
    steps: 2,
  },
  {
    name: 'requested-event-net-value',
    story: 'RedemptionRequested tells the value with the fee taken off; what is stored is right',
    patches: [
      {
        file: REDEMPTIONS,
        find: `emit IAssetManagerEvents.RedemptionRequested(
            request.agentVault,
            request.redeemer,
            id,
            request.underlyingAddress,
            request.valueUba,`,
        replace: `emit IAssetManagerEvents.RedemptionRequested(
            request.agentVault,
            request.redeemer,
            id,
            request.underlyingAddress,
            request.valueUba - request.feeUba,`,
      },
    ],
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'performed-event-net-value',
    story: 'RedemptionPerformed tells the value with the fee taken off; what is stored is right',
    patches: [
      {
        file: CONFIRMATION,
        find: `emit IAssetManagerEvents.RedemptionPerformed(
                request.agentVault,
                request.redeemer,
                id,
                facts.transactionId,
                request.valueUba,`,
        replace: `emit IAssetManagerEvents.RedemptionPerformed(
                request.agentVault,
                request.redeemer,
                id,
                facts.transactionId,
                request.valueUba - request.feeUba,`,
      },
    ],
    check: 'invariant: events tell the right figures',
    steps: 3,
  },
  {
    name: 'redemption-window-never-extended',
    story: 'requests in quick succession give the agent no more time',
    patches: [
      {
        file: 'asset-manager/library/Underlying.sol',
        find: 'return agent.redemptionTimeExtendedTo - block.timestamp;',
        replace: 'return 0;',
      },
    ],
    check: 'invariant: life cycles are regular',
    steps: 3,
  },
  {
    name: 'blocked-payment-counts-as-paid',
    story: "a payment that the redeemer's account blocked ends the request as successful",
    patches: [
      {
        file: CONFIRMATION,
        find: 'finalStatus = RedemptionRequestInfo.Status.BLOCKED;',
        replace: 'finalStatus = RedemptionRequestInfo.Status.SUCCESSFUL;',
      },
    ],
    check: 'ground for redemption SUCCESSFUL',
    steps: 2,
  },
  {
    name: 'incomplete-lots-told-one-more',
    story: 'a redemption that does not get all it asks for tells one lot too many that is left',
    patches: [
      { file: REQUEST, find: 'remainingAmg / granularityAmg);', replace: 'remainingAmg / granularityAmg + 1);' },
    ],
    check: 'events of an incomplete redemption',
    steps: [5, 6],
  },
];
