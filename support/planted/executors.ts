/** Faults of executors and their fees (protocol facts 2.1, 2.4, 3.1 and 3.4). */
import type { PlantedFault } from './planted-fault.ts';

const PAYOUTS = 'asset-manager/library/Payouts.sol';
const REDEMPTIONS = 'asset-manager/library/Redemptions.sol';
const REQUESTS = 'asset-manager/facets/RedemptionRequestFacet.sol';
const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const MINTING_DEFAULT = 'asset-manager/facets/MintingDefaultFacet.sol';

const PAID = 'if (msg.sender == executor) wrapped(executor, feeWei);';
const BURNED = 'else burn(feeWei);';

/** One point of one file changed. */
function changed(
  [name, story]: readonly [name: string, story: string],
  [file, find, replace]: readonly [file: string, find: string, replace: string],
  check: PlantedFault['check'],
  steps: number,
): PlantedFault {
  return { name, story, patches: [{ file, find, replace }], check, steps };
}

export const executorFaults: readonly PlantedFault[] = [
  changed(
    ['executor-paid-one-gwei-less', 'an executor who acts gets one gwei less than was promised'],
    [PAYOUTS, PAID, 'if (msg.sender == executor) wrapped(executor, feeWei - 1 gwei);'],
    'balance of wNat',
    2,
  ),
  changed(
    ['executor-fee-to-the-minter', 'the fee of an executor who executes goes to the minter'],
    [
      MINTING,
      'Payouts.executorFee(reservation.executor, executorFeeWei);',
      'Payouts.wrapped(reservation.minter, executorFeeWei);',
    ],
    'balance of wNat',
    2,
  ),
  changed(
    ['executor-fee-to-whoever-ends', "an executor's fee goes to whoever ends the record"],
    [PAYOUTS, BURNED, 'else wrapped(msg.sender, feeWei);'],
    'balance of wNat',
    1,
  ),
  changed(
    ['executor-paid-without-acting', 'an executor gets the fee although the minter or the redeemer acts'],
    [PAYOUTS, `${PAID}\n        ${BURNED}`, 'wrapped(executor, feeWei);'],
    ['invariant: nothing is burned', 'balance of wNat'],
    1,
  ),
  changed(
    [
      'executor-fee-stays',
      "an executor's fee is not burned when somebody else acts: it stays with the protocol for good",
    ],
    [PAYOUTS, BURNED, ''],
    'invariant: the manager holds the open fees',
    1,
  ),
  changed(
    ['executor-default-unpaid', "an executor's fee is burned although they have defaulted the redemption"],
    [REDEMPTIONS, 'Payouts.executorFee(request.executor, feeWei);', 'if (feeWei > 0) Payouts.burn(feeWei);'],
    'balance of wNat',
    3,
  ),
  changed(
    [
      'executor-fee-returned',
      'with an executor the reservation gives back what is beyond its fee, as it does without one',
    ],
    [
      RESERVATION,
      'if (executor == address(0)) NativeTransfer.send(payable(msg.sender), msg.value - feeWei);',
      'NativeTransfer.send(payable(msg.sender), executor == address(0) ? msg.value - feeWei : (msg.value - feeWei) % 1 gwei);',
    ],
    'balance of native',
    1,
  ),
  changed(
    ['executor-fee-in-wei', "a reservation's executor is promised a fee that is no whole number of gwei"],
    [RESERVATION, '(msg.value - feeWei).wholeGwei();', 'msg.value - feeWei;'],
    ['minting executorFeeWei', 'CollateralReserved executorFeeNatWei'],
    1,
  ),
  changed(
    ['executor-fee-to-the-first-request', "all of an executor's fee goes with the first of several requests"],
    [REQUESTS, 'feeLeftGwei / (pieces.length - i);', 'feeLeftGwei;'],
    'redemption executorFeeWei',
    3,
  ),
  changed(
    ['executor-fee-shared-evenly', "what does not divide evenly among the requests is left out of the executor's fee"],
    [
      REQUESTS,
      'uint256 feeGwei = feeLeftGwei / (pieces.length - i);',
      'uint256 feeGwei = (msg.value / 1 gwei) / pieces.length;',
    ],
    'redemption executorFeeWei',
    3,
  ),
  changed(
    [
      'executor-fee-survives-payment',
      "an executor's fee is neither burned nor given back when the agent pays the redemption",
    ],
    [REDEMPTIONS, 'if (feeWei > 0) Payouts.burn(feeWei);', ''],
    'invariant: the manager holds the open fees',
    3,
  ),
  changed(
    [
      'executor-fee-lost-at-minting-default',
      "an unpaid minting's executor fee is not shared by the agent and the pool",
    ],
    [
      MINTING_DEFAULT,
      'uint256 feeWei = reservation.reservationFeeNatWei + reservation.executorFeeNatWei;\n        Payouts.reservationFee',
      'uint256 feeWei = reservation.reservationFeeNatWei;\n        Payouts.reservationFee',
    ],
    ['balance of shared pool collateral', 'invariant: the manager holds the open fees'],
    2,
  ),
  changed(
    ['executor-not-told', 'CollateralReserved names the minter as the executor; what is stored is right'],
    [
      RESERVATION,
      'reservation.executor,\n            reservation.executorFeeNatWei\n',
      'reservation.minter,\n            reservation.executorFeeNatWei\n',
    ],
    'CollateralReserved executor',
    1,
  ),
  changed(
    ['requested-executor-fee-not-told', "RedemptionRequested tells no fee of the executor's; what is stored is right"],
    [REDEMPTIONS, 'request.executor,\n            request.executorFeeNatWei\n', 'request.executor,\n            0\n'],
    'executors in RedemptionRequested events',
    2,
  ),
];
