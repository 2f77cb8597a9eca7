/** Faults of the events that wallets and indexers follow: tickets, dust, fee debts, the ledger's block. */
import type { PlantedFault } from './planted-fault.ts';

const BACKING = 'asset-manager/library/Backing.sol';
const MISTOLD = 'invariant: events tell the right figures';
const NOT_FOLLOWED = 'invariant: events can be followed';

export const followedEventFaults: readonly PlantedFault[] = [
  {
    name: 'ticket-told-with-more',
    story: 'RedemptionTicketCreated tells one base unit more than the ticket has',
    patches: [
      {
        file: BACKING,
        find: 'RedemptionTicketCreated(agent.vault, id, valueAmg.uba())',
        replace: 'RedemptionTicketCreated(agent.vault, id, valueAmg.uba() + 1)',
      },
    ],
    check: MISTOLD,
    steps: 1,
  },
  {
    name: 'ticket-told-under-another-id',
    story: "RedemptionTicketCreated tells the next ticket's id",
    patches: [
      {
        file: BACKING,
        find: 'RedemptionTicketCreated(agent.vault, id,',
        replace: 'RedemptionTicketCreated(agent.vault, id + 1,',
      },
    ],
    check: [NOT_FOLLOWED, MISTOLD],
    steps: 1,
  },
  {
    name: 'grown-ticket-not-told',
    story: 'a ticket that grows by a minting is not told',
    patches: [
      {
        file: BACKING,
        find: 'emit IAssetManagerEvents.RedemptionTicketUpdated(agent.vault, lastId, last.valueAmg.uba());',
        replace: '',
      },
    ],
    check: MISTOLD,
    steps: 2,
  },
  {
    name: 'deleted-ticket-not-told',
    story: 'a ticket that is redeemed whole is not told as deleted',
    patches: [
      {
        file: BACKING,
        find: 'emit IAssetManagerEvents.RedemptionTicketDeleted(agent.vault, ticketId);',
        replace: '',
      },
    ],
    check: MISTOLD,
    steps: 2,
  },
  {
    name: 'dust-told-one-more',
    story: 'DustChanged tells one base unit more than there is',
    patches: [
      {
        file: BACKING,
        find: 'DustChanged(agent.vault, dustAmg.uba())',
        replace: 'DustChanged(agent.vault, dustAmg.uba() + 1)',
      },
    ],
    check: MISTOLD,
    steps: 1,
  },
  {
    name: 'fee-debt-told-one-more',
    story: 'CPFeeDebtChanged tells one base unit more than the debt is',
    patches: [
      {
        file: 'pool/PoolFees.sol',
        find: 'CPFeeDebtChanged(account, fAssetFeeDebtOf[account])',
        replace: 'CPFeeDebtChanged(account, fAssetFeeDebtOf[account] + 1)',
      },
    ],
    check: NOT_FOLLOWED,
    steps: 3,
  },
  {
    name: 'ledger-block-told-one-further',
    story: 'CurrentUnderlyingBlockUpdated tells the next block',
    patches: [
      {
        file: 'asset-manager/facets/UnderlyingFacet.sol',
        find: 'CurrentUnderlyingBlockUpdated(clock.blockNumber,',
        replace: 'CurrentUnderlyingBlockUpdated(clock.blockNumber + 1,',
      },
    ],
    check: [NOT_FOLLOWED, 'invariant: life cycles are regular'],
    steps: 2,
  },
];
