/** Checks that are missing or moved by one, which no user's ordinary act meets: probes find them (protocol facts 2 to 6). */
import type { PlantedFault } from './planted-fault.ts';

const PROOFS = 'asset-manager/library/Proofs.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const MINTING_DEFAULT = 'asset-manager/facets/MintingDefaultFacet.sol';

/** The fault of a file in which something is written otherwise, and the probe that tells of it. */
function changed(
  name: string,
  story: string,
  [file, find, replace]: readonly [string, string, string],
  probe: string | readonly string[],
): PlantedFault {
  const probes = typeof probe === 'string' ? [probe] : probe;
  return { name, story, patches: [{ file, find, replace }], check: probes.map((one) => `probe: ${one}`), steps: 1 };
}

const FORGED = 'with a proof that the FDC does not know';

const proofs: readonly PlantedFault[] = [
  changed(
    'payment-not-verified',
    'the FDC is not asked whether it knows a payment',
    [PROOFS, 'require(_fdc().verifyPayment(proof), LegalPaymentNotProven());', ''],
    `executeMinting ${FORGED}`,
  ),
  changed(
    'non-payment-not-verified',
    'the FDC is not asked whether it knows that nothing was paid',
    [PROOFS, 'require(_fdc().verifyReferencedPaymentNonexistence(proof), NonPaymentNotProven());', ''],
    `mintingPaymentDefault ${FORGED}`,
  ),
  changed(
    'block-height-not-verified',
    'the FDC is not asked whether it knows a block',
    [PROOFS, 'require(_fdc().verifyConfirmedBlockHeightExists(proof), BlockHeightNotProven());', ''],
    `unstickMinting ${FORGED}`,
  ),
  changed(
    'proof-of-another-chain',
    'a proof about another chain is taken',
    [PROOFS, 'require(sourceId == Store.settings().chainId, InvalidChain());', 'sourceId;'],
    'executeMinting with a payment on another chain',
  ),
  changed(
    'failed-payment-mints',
    'a failed payment executes a minting',
    [
      PROOFS,
      `    function requireSuccessfulPayment(IPayment.Proof calldata proof) internal view {
        require(proof.data.responseBody.status == PAYMENT_SUCCESS, PaymentFailed());`,
      '    function requireSuccessfulPayment(IPayment.Proof calldata proof) internal view {',
    ],
    'executeMinting with a failed payment',
  ),
];

const reservations: readonly PlantedFault[] = [
  changed(
    'minting-with-a-payment-to-anybody',
    'a minting is executed with a payment to whomever',
    [MINTING, 'require(paid.receivingAddressHash == agent.underlyingAddressHash, NotMintingAgentsAddress());', ''],
    'executeMinting with a payment to somebody else',
  ),
  changed(
    'minting-with-an-older-payment',
    'a minting is executed with a payment of the block before the reservation',
    [
      MINTING,
      `require(paid.blockNumber >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());
        Underlying`,
      `require(paid.blockNumber + 1 >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());
        Underlying`,
    ],
    'executeMinting with a payment one block before the reservation',
  ),
  changed(
    'minted-to-the-executor',
    "the FAssets of a minting are the executor's where one executes",
    [
      MINTING,
      '_mint(agent, reservation.minter, reservation.valueAmg',
      '_mint(agent, msg.sender == reservation.executor ? msg.sender : reservation.minter, reservation.valueAmg',
    ],
    'FAssets of the user after the executor has executed',
  ),
  changed(
    'open-minting-booked-away',
    'the agent can book the payment of an open reservation as their own',
    [
      MINTING,
      'reservation.status == CollateralReservationInfo.Status.SUCCESSFUL ||',
      'reservation.status != CollateralReservationInfo.Status.EXPIRED ||',
    ],
    'confirmClosedMintingPayment while the reservation is open',
  ),
  changed(
    'minting-default-until-the-last-second',
    'a reservation is ended in the last second of its window',
    [
      MINTING_DEFAULT,
      'found.firstOverflowBlockTimestamp > reservation.lastUnderlyingTimestamp',
      'found.firstOverflowBlockTimestamp >= reservation.lastUnderlyingTimestamp',
    ],
    'mintingPaymentDefault until the last second of the window',
  ),
  changed(
    'minting-default-until-the-last-block',
    'a reservation is ended in the last block of its window',
    [
      MINTING_DEFAULT,
      'found.firstOverflowBlockNumber > reservation.lastUnderlyingBlock',
      'found.firstOverflowBlockNumber >= reservation.lastUnderlyingBlock',
    ],
    'mintingPaymentDefault until the last block of the window',
  ),
  changed(
    'minting-default-of-any-reference',
    'a reservation is ended although only a payment of another reference is missing',
    [MINTING_DEFAULT, 'asked.standardPaymentReference == References.minting(id) &&', 'id != 0 &&'],
    'mintingPaymentDefault about another reference',
  ),
  changed(
    'minting-default-of-any-receiver',
    'a reservation is ended although only a payment to somebody else is missing',
    [MINTING_DEFAULT, 'asked.destinationAddressHash == agent.underlyingAddressHash &&', 'agent.vault != address(0) &&'],
    'mintingPaymentDefault about another receiver',
  ),
  changed(
    'minting-default-of-more',
    'a reservation is ended although only a larger payment is missing',
    [
      MINTING_DEFAULT,
      'asked.amount == reservation.valueAmg.uba() + reservation.underlyingFeeUba',
      'asked.amount >= reservation.valueAmg.uba() + reservation.underlyingFeeUba',
    ],
    'mintingPaymentDefault about a drop more',
  ),
  changed(
    'minting-default-of-certain-senders',
    'a reservation is ended although only payments of certain senders are missing',
    [MINTING_DEFAULT, 'require(!proof.data.requestBody.checkSourceAddresses, SourceAddressesNotSupported());', ''],
    'mintingPaymentDefault about certain senders only',
  ),
  changed(
    'minting-default-begins-late',
    'a reservation is ended with a proof that leaves out its first block',
    [
      MINTING_DEFAULT,
      'asked.minimalBlockNumber <= reservation.firstUnderlyingBlock',
      'asked.minimalBlockNumber <= reservation.firstUnderlyingBlock + 1',
    ],
    'mintingPaymentDefault from one block after the reservation on',
  ),
  changed(
    'unstuck-a-second-early',
    'a reservation is unstuck one second before the attestation window is over',
    [
      MINTING_DEFAULT,
      'Store.settings().attestationWindowSeconds <=',
      'Store.settings().attestationWindowSeconds - 1 <=',
    ],
    'unstickMinting one second before the attestation window is over',
  ),
  changed(
    'unstuck-while-the-last-block-counts',
    'a reservation is unstuck although a payment in its last block could still be proven',
    [
      MINTING_DEFAULT,
      'height.lowestQueryWindowBlockNumber > reservation.lastUnderlyingBlock',
      'height.lowestQueryWindowBlockNumber >= reservation.lastUnderlyingBlock',
    ],
    'unstickMinting while the last block can be asked about',
  ),
];

export const uncheckedFaults: readonly PlantedFault[] = [...proofs, ...reservations];
