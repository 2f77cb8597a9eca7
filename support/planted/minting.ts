/** Faults of the way from a reservation to minted FAssets (protocol facts 2). */
import type { SourcePatch } from '../devnet/contracts/compile.ts';
import type { PlantedFault } from './planted-fault.ts';

const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const RESERVATIONS = 'asset-manager/library/Reservations.sol';
const UNDERLYING = 'asset-manager/library/Underlying.sol';
const BACKING = 'asset-manager/library/Backing.sol';
const PAYOUTS = 'asset-manager/library/Payouts.sol';

/** The view of a reservation shows it as expired when so much time has passed since, seconds. */
const expiredAfter = (seconds: number): SourcePatch => ({
  file: RESERVATION,
  find: 'info.status = reservation.status;',
  replace: `(, uint256 deadline) = Underlying.paymentDeadline(0);
        bool isShownExpired = deadline > reservation.lastUnderlyingTimestamp + ${seconds};
        info.status = isShownExpired && reservation.status == CollateralReservationInfo.Status.ACTIVE
            ? CollateralReservationInfo.Status.EXPIRED
            : reservation.status;`,
});

export const mintingFaults: readonly PlantedFault[] = [
  {
    name: 'mint-one-drop-short',
    story: 'an executed minting gives the minter one base unit less than the value',
    patches: [
      {
        file: MINTING,
        find: 'Store.fAsset().mint(minter, valueAmg.uba());',
        replace: 'Store.fAsset().mint(minter, valueAmg.uba() - 1);',
      },
    ],
    check: 'balance of fAsset',
    steps: 1,
  },
  {
    name: 'reservation-fee-rounded-up',
    story: 'the reservation fee is rounded up instead of down',
    patches: [
      {
        file: RESERVATION,
        find: 'Prices.tokenWei(valueAmg, natPrice).bips(Store.settings().collateralReservationFeeBIPS)',
        replace: '(Prices.tokenWei(valueAmg, natPrice) * Store.settings().collateralReservationFeeBIPS + 9999) / 10000',
      },
    ],
    check: 'balance of native',
    steps: 1,
  },
  {
    name: 'large-reservation-excess-kept',
    story: 'what is sent beyond the reservation fee is not given back when it is more than a tenth of it',
    patches: [
      {
        file: RESERVATION,
        find: 'NativeTransfer.send(payable(msg.sender), msg.value - feeWei);',
        replace: `{
            uint256 excessWei = msg.value - feeWei;
            NativeTransfer.send(payable(msg.sender), excessWei > feeWei / 10 ? 0 : excessWei);
        }`,
      },
    ],
    check: 'balance of native',
    steps: 1,
  },
  {
    name: 'reservation-fee-on-pool-fee',
    story: 'the reservation fee is taken on the pool fee too, not on the value alone',
    patches: [
      {
        file: RESERVATION,
        find: '_reservationFee(valueAmg, natPrice) : 0',
        replace: '_reservationFee(reservedAmg, natPrice) : 0',
      },
    ],
    check: 'balance of native',
    steps: 1,
  },
  {
    name: 'reservation-excess-kept',
    story: 'what is sent beyond the reservation fee is not sent back',
    patches: [
      {
        file: RESERVATION,
        find: 'if (executor == address(0)) NativeTransfer.send(payable(msg.sender), msg.value - feeWei);',
        replace: '',
      },
    ],
    check: 'balance of native',
    steps: 1,
  },
  {
    name: 'reservation-fee-kept-from-pool',
    story: "the pool's part of the reservation fee goes to the agent's owner",
    patches: [
      {
        file: PAYOUTS,
        find: 'agent.pool.depositNat{value: poolShareWei}();',
        replace: 'wrapped(agent.payAddress(), poolShareWei);',
      },
    ],
    check: 'balance of shared pool collateral',
    steps: 1,
  },
  {
    name: 'reserved-at-another-share',
    story: "a reservation fixes the pool's share one bip lower than the agent's setting says",
    patches: [
      {
        file: 'asset-manager/facets/ReservationFacet.sol',
        find: 'reservation.poolFeeShareBIPS = agent.poolFeeShareBIPS;',
        replace: 'reservation.poolFeeShareBIPS = agent.poolFeeShareBIPS - 1;',
      },
    ],
    check: 'minting poolFeeShareBips',
    steps: 1,
  },
  {
    name: 'reservation-fee-wrong-share',
    story: "the pool's part of the reservation fee is taken by the share that is meant for redemption fees",
    patches: [
      {
        file: MINTING,
        find: 'feeWei.bips(reservation.poolFeeShareBIPS)',
        replace: 'feeWei.bips(agent.redemptionPoolFeeShareBIPS)',
      },
    ],
    check: 'balance of shared pool collateral',
    steps: 1,
  },
  {
    name: 'pool-fee-rounded-up',
    story: "the pool's part of the minting fee is rounded up instead of down",
    patches: [
      {
        file: RESERVATIONS,
        find: 'return mintingFeeUba.bips(poolFeeShareBips).wholeAmgUba();',
        replace: 'return ((mintingFeeUba * poolFeeShareBips + 9999) / 10000).wholeAmgUba();',
      },
    ],
    check: 'balance of shared pool fees',
    steps: 1,
  },
  {
    name: 'pool-fee-share-at-least',
    story: "the pool's part of the minting fee is at least 30 %, however little the agent leaves it",
    patches: [
      {
        file: RESERVATIONS,
        find: 'return mintingFeeUba.bips(poolFeeShareBips).wholeAmgUba();',
        replace: 'return mintingFeeUba.bips(poolFeeShareBips < 3000 ? 3000 : poolFeeShareBips).wholeAmgUba();',
      },
    ],
    check: 'balance of shared pool fees',
    steps: 1,
  },
  {
    name: 'pool-fee-not-minted',
    story: 'the pool is credited with its share of the minting fee, but the FAssets are never minted to it',
    patches: [{ file: MINTING, find: 'Store.fAsset().mint(address(agent.pool), poolFeeUba);', replace: '' }],
    check: 'balance of shared pool FAsset held',
    steps: 1,
  },
  {
    name: 'pool-fee-not-counted',
    story: "the pool's share of the minting fee is minted to it, but not counted as its fees",
    patches: [{ file: MINTING, find: 'agent.pool.fAssetFeeDeposited(poolFeeUba);', replace: '' }],
    check: 'balance of shared pool fees',
    steps: 1,
  },
  {
    name: 'pool-fee-not-backed',
    story: "the pool's share of the minting fee is minted without counting it as minted by the agent",
    patches: [
      {
        file: MINTING,
        find: 'Backing.addMinted(agent, valueAmg + poolFeeUba.amg());',
        replace: 'Backing.addMinted(agent, valueAmg);',
      },
    ],
    check: 'invariant: supply is backed',
    steps: 1,
  },
  {
    name: 'minting-fee-not-booked',
    story: "the agent's underlying balance grows by the value only, not by the fee that was paid with it",
    patches: [
      {
        file: MINTING,
        find: `Underlying.increaseBalance(agent, receivedUba);
        Store.fAsset()`,
        replace: `Underlying.increaseBalance(agent, valueAmg.uba());
        Store.fAsset()`,
      },
    ],
    check: 'invariant: free underlying',
    steps: 1,
  },
  {
    name: 'minted-event-wrong-agent-fee',
    story: "MintingExecuted tells the whole fee as the agent's; what is stored is right",
    patches: [{ file: MINTING, find: 'receivedUba - valueUba - poolFeeUba,', replace: 'receivedUba - valueUba,' }],
    check: 'MintingExecuted agentFeeUBA',
    steps: 1,
  },
  {
    name: 'reserved-event-wrong-value',
    story: 'CollateralReserved tells the value with the fee in it; what is stored is right',
    patches: [
      {
        file: RESERVATION,
        find: `reservation.valueAmg.uba(),
            reservation.underlyingFeeUba,`,
        replace: `reservation.valueAmg.uba() + reservation.underlyingFeeUba,
            reservation.underlyingFeeUba,`,
      },
    ],
    check: 'CollateralReserved valueUBA',
    steps: 1,
  },
  {
    name: 'reserved-not-released',
    story: 'an executed minting does not release what was reserved for it',
    patches: [{ file: RESERVATIONS, find: 'agent.reservedAmg -= amountAmg;', replace: '' }],
    check: 'invariant: reserved is what is reserved',
    steps: 1,
  },
  {
    name: 'reservation-stays-open',
    story: 'an executed reservation keeps its status',
    patches: [{ file: RESERVATIONS, find: 'reservation.status = status;', replace: '' }],
    check: 'minting status',
    steps: 1,
  },
  {
    name: 'payment-window-one-block-long',
    story: 'a payment may be one ledger later than it should',
    patches: [
      {
        file: UNDERLYING,
        find: 'shiftBlocks + settings.underlyingBlocksForPayment;',
        replace: 'shiftBlocks + settings.underlyingBlocksForPayment + 1;',
      },
    ],
    check: 'minting lastBlock',
    steps: 1,
  },
  {
    name: 'payment-window-not-shifted',
    story: 'the last second of a payment window counts from the last known ledger, not from now',
    patches: [
      {
        file: UNDERLYING,
        find: 'clock.blockTimestamp + shiftS + settings.underlyingSecondsForPayment',
        replace: 'clock.blockTimestamp + settings.underlyingSecondsForPayment',
      },
    ],
    check: 'minting lastTimestampS',
    steps: 1,
  },
  {
    name: 'minting-dust-lost',
    story: 'what is minted beyond whole lots is neither a ticket nor dust',
    patches: [
      {
        file: BACKING,
        find: `addTicket(agent, untickedAmg - newDustAmg);
        setDust(agent, newDustAmg);`,
        replace: 'addTicket(agent, untickedAmg - newDustAmg);',
      },
    ],
    check: 'invariant: tickets and dust are the minted amount',
    steps: 1,
  },
  {
    name: 'tickets-not-merged',
    story: "a minting makes a new ticket although the queue's last one is the same agent's",
    patches: [
      { file: BACKING, find: 'if (last.agentVault == agent.vault) {', replace: 'if (lastId == type(uint256).max) {' },
    ],
    check: 'invariant: the queue is as it was built',
    steps: 2,
  },
  {
    name: 'dust-of-a-lot',
    story: 'what is minted becomes tickets in pairs of lots only; a single lot stays dust',
    patches: [
      {
        file: BACKING,
        find: 'untickedAmg % Store.settings().lotSizeAMG;',
        replace: 'untickedAmg % (2 * Store.settings().lotSizeAMG);',
      },
    ],
    check: 'invariant: dust is less than a lot',
    steps: 1,
  },
  {
    name: 'ticket-with-dust',
    story: 'what is minted beyond whole lots is put on the ticket too',
    patches: [{ file: BACKING, find: 'untickedAmg % Store.settings().lotSizeAMG;', replace: '0;' }],
    check: 'invariant: tickets are whole lots',
    steps: 1,
  },
  {
    name: 'reservation-shown-as-executed',
    story: 'the view of a reservation says that it is executed when it is only reserved',
    patches: [
      {
        file: RESERVATION,
        find: 'info.status = reservation.status;',
        replace: 'info.status = CollateralReservationInfo.Status.SUCCESSFUL;',
      },
    ],
    check: 'ground for minting SUCCESSFUL',
    steps: 1,
  },
  {
    name: 'reservation-shown-expired-at-once',
    story: 'the view of a reservation says that it has expired when a second has passed',
    patches: [expiredAfter(0)],
    check: 'ground for minting EXPIRED',
    steps: 1,
  },
  {
    name: 'reservation-shown-expired-too-early',
    story: 'the view of a reservation says that it has expired when a minute has passed',
    patches: [expiredAfter(60)],
    check: 'ground for minting EXPIRED',
    steps: 1,
  },
  {
    name: 'late-execution-refused',
    story: 'a paid minting cannot be executed any more when its payment window is over',
    patches: [
      {
        file: MINTING,
        find: 'require(paid.blockNumber >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());\n        Underlying.useIncoming(payment.data.requestBody.transactionId);\n        uint256 receivedUba = paid.receivedAmount.toUint256();\n        uint256 poolFeeUba',
        replace:
          'require(paid.blockNumber >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());\n        require(block.timestamp <= reservation.lastUnderlyingTimestamp, MintingPaymentTooOld());\n        Underlying.useIncoming(payment.data.requestBody.transactionId);\n        uint256 receivedUba = paid.receivedAmount.toUint256();\n        uint256 poolFeeUba',
      },
    ],
    check: 'reverted with MintingPaymentTooOld',
    steps: 3,
  },
  {
    name: 'reservation-fee-kept-from-agent',
    story: "the agent's part of the reservation fee stays with the asset manager",
    patches: [{ file: PAYOUTS, find: 'wrapped(agent.payAddress(), feeWei - poolShareWei);', replace: '' }],
    check: 'invariant: the manager holds the open fees',
    steps: 1,
  },
  {
    name: 'reservation-fee-burned',
    story: "the agent's part of the reservation fee is burned",
    patches: [
      {
        file: PAYOUTS,
        find: 'wrapped(agent.payAddress(), feeWei - poolShareWei);',
        replace: 'burn(feeWei - poolShareWei);',
      },
    ],
    check: 'invariant: nothing is burned',
    steps: 1,
  },
  {
    name: 'wrapping-adds-a-wei',
    story: 'each wrapping of native coin makes a wei more of wrapped native than was paid in',
    patches: [
      {
        file: 'tokens/WrappedNative.sol',
        find: '_mint(recipient, msg.value);',
        replace: '_mint(recipient, msg.value); _mint(address(this), 1);',
      },
    ],
    check: 'invariant: wrapped native is backed',
    steps: 1,
  },
];
