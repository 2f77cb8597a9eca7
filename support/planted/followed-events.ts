/** Faults of the events that wallets and indexers follow: tickets, dust, fee debts, the ledger's block, the parties of an act. */
import type { PlantedFault } from './planted-fault.ts';

const BACKING = 'asset-manager/library/Backing.sol';
const MISTOLD = 'invariant: events tell the right figures';
const NOT_FOLLOWED = 'invariant: events can be followed';

const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const MINTING_DEFAULT = 'asset-manager/facets/MintingDefaultFacet.sol';
const CONFIRMATION = 'asset-manager/facets/RedemptionConfirmationFacet.sol';
const REDEMPTIONS = 'asset-manager/library/Redemptions.sol';
const POOL = 'pool/CollateralPool.sol';

/** The last of these parties of an event, each on a line of its own, is told as the zero address. */
function namesNobody(
  name: string,
  [event, ...parties]: readonly string[],
  file: string,
  check: string,
  steps: number | readonly number[],
  indent = 12,
): PlantedFault {
  const [party = '', ...others] = parties.toReversed();
  const lines = (last: string): string =>
    [`${event}(`, ...others.toReversed().map((one) => `${one},`), `${last},`].join(`\n${' '.repeat(indent)}`);
  const story = `${event} tells the zero address instead of ${party}`;
  return { name, story, patches: [{ file, find: lines(party), replace: lines('address(0)') }], check, steps };
}

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
  namesNobody(
    'reserved-for-nobody',
    ['CollateralReserved', 'reservation.agentVault', 'reservation.minter'],
    RESERVATION,
    'CollateralReserved minter',
    1,
  ),
  namesNobody('minted-with-nobody', ['MintingExecuted', 'agent.vault'], MINTING, 'MintingExecuted agentVault', 1),
  namesNobody(
    'requested-by-nobody',
    ['RedemptionRequested', 'request.agentVault', 'request.redeemer'],
    REDEMPTIONS,
    'addressees in RedemptionRequested events',
    2,
  ),
  namesNobody(
    'redeemed-for-nobody',
    ['RedemptionPerformed', 'request.agentVault', 'request.redeemer'],
    CONFIRMATION,
    MISTOLD,
    [2, 3],
    16,
  ),
  namesNobody(
    'minting-default-of-nobody',
    ['MintingPaymentDefault', 'agent.vault', 'reservation.minter'],
    MINTING_DEFAULT,
    MISTOLD,
    2,
  ),
  ...(['CPEntered', 'CPExited', 'CPFeesWithdrawn'] as const).map((event): PlantedFault => ({
    name: `${event.toLowerCase()}-by-the-pool`,
    story: `${event} tells the pool as the holder`,
    patches: [{ file: POOL, find: `emit ${event}(msg.sender`, replace: `emit ${event}(address(this)` }],
    check: `${event} tokenHolder`,
    steps: event === 'CPEntered' ? 1 : 3,
  })),
];
