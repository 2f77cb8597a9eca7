/** Records that end as nothing deserves (protocol facts 2.4, 2.5 and 3.3): no balance is off, but somebody is cheated. */
import type { SourcePatch } from '../devnet/contracts/compile.ts';
import type { FaultPlan } from '../devnet/fault-plan.ts';
import type { TecResult } from '../devnet/ledger/engine-result.ts';
import type { PlantedFault } from './planted-fault.ts';

const CONFIRMATION = 'asset-manager/facets/RedemptionConfirmationFacet.sol';
const MINTING_DEFAULT = 'asset-manager/facets/MintingDefaultFacet.sol';

const agentsFailWith = (code: TecResult): FaultPlan => ({
  ledger: { failPayments: { code, from: 'agents' } },
});

const failureCounts: SourcePatch = {
  file: CONFIRMATION,
  find: 'if (facts.status == Proofs.PAYMENT_FAILED) return "transaction failed";',
  replace: '',
};

/** A payment that arrived ends the request otherwise, without anybody getting anything more. */
const arrivedEndsAs = (event: string, status: string): SourcePatch => ({
  file: CONFIRMATION,
  find: `Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
        if (facts.status == Proofs.PAYMENT_SUCCESS) {`,
  replace: `Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
        if (facts.status == Proofs.PAYMENT_SUCCESS) {
            emit IAssetManagerEvents.${event};
            return RedemptionRequestInfo.Status.${status};
        } else if (facts.status == Proofs.PAYMENT_SUCCESS) {`,
});

export const endingFaults: readonly PlantedFault[] = [
  {
    name: 'failed-payment-booked-as-blocked',
    story: "an agent's payment that failed by its own fault is booked as blocked by the redeemer",
    patches: [failureCounts],
    services: agentsFailWith('tecPATH_DRY'),
    check: 'ground for redemption BLOCKED',
    steps: 2,
  },
  {
    name: 'payments-fail-as-if-blocked',
    story: "agents' payments fail as if the redeemer's account refused deposits, which it does not",
    services: agentsFailWith('tecNO_PERMISSION'),
    check: 'ground for redemption BLOCKED',
    steps: 2,
  },
  {
    name: 'payments-fail-as-if-without-tag',
    story: "agents' payments fail as if the redeemer's account required a tag, which it does not",
    services: agentsFailWith('tecDST_TAG_NEEDED'),
    check: 'ground for redemption BLOCKED',
    steps: 2,
  },
  {
    name: 'failed-payment-booked-as-paid',
    story: "an agent's payment that failed ends the request as if it had arrived",
    patches: [
      failureCounts,
      {
        file: CONFIRMATION,
        find: 'if (facts.status == Proofs.PAYMENT_SUCCESS) {',
        replace: 'if (facts.status <= Proofs.PAYMENT_FAILED) {',
      },
    ],
    services: agentsFailWith('tecPATH_DRY'),
    check: 'ground for redemption SUCCESSFUL',
    steps: 2,
  },
  {
    name: 'failed-payment-booked-as-rejected',
    story: "an agent's payment that failed ends the request as if the redeemer's address were none",
    patches: [
      {
        file: CONFIRMATION,
        find: `if (request.status == RedemptionRequestInfo.Status.ACTIVE) RedemptionDefaults.execute(agent, request, id);
        emit`,
        replace: `if (bytes(failure).length > 0) {
            Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
            emit IAssetManagerEvents.RedemptionRejected(request.agentVault, request.redeemer, id, request.valueUba);
            return RedemptionRequestInfo.Status.REJECTED;
        }
        emit`,
      },
    ],
    services: agentsFailWith('tecPATH_DRY'),
    check: 'ground for redemption REJECTED',
    steps: 2,
  },
  {
    name: 'paid-redemption-ends-as-failed',
    story: "an agent's payment that arrived ends the request as one that failed",
    patches: [
      arrivedEndsAs(
        `RedemptionPaymentFailed(
                request.agentVault, request.redeemer, id, facts.transactionId, facts.spentUba, "late"
            )`,
        'DEFAULTED_FAILED',
      ),
    ],
    check: 'ground for redemption DEFAULTED_FAILED',
    steps: 3,
  },
  {
    name: 'paid-redemption-ends-as-defaulted',
    story: "an agent's payment that arrived ends the request as one that was never made",
    patches: [
      arrivedEndsAs(
        'RedemptionDefault(agent.vault, request.redeemer, id, request.valueUba, 0, 0)',
        'DEFAULTED_UNCONFIRMED',
      ),
    ],
    check: 'ground for redemption DEFAULTED_UNCONFIRMED',
    steps: 3,
  },
  {
    name: 'unpaid-minting-expires-at-once',
    story: 'a reservation that was not paid expires when its window is over, and its fee is burned',
    patches: [
      {
        file: MINTING_DEFAULT,
        find: `emit IAssetManagerEvents.MintingPaymentDefault(
            agent.vault,
            reservation.minter,
            collateralReservationId,
            _reservedUba(reservation)
        );
        Reservations.release(agent, reservation, CollateralReservationInfo.Status.DEFAULTED);
        uint256 feeWei = reservation.reservationFeeNatWei + reservation.executorFeeNatWei;
        Payouts.reservationFee(agent, feeWei, feeWei.bips(reservation.poolFeeShareBIPS));`,
        replace: `emit IAssetManagerEvents.CollateralReservationDeleted(
            agent.vault,
            reservation.minter,
            collateralReservationId,
            _reservedUba(reservation)
        );
        Reservations.release(agent, reservation, CollateralReservationInfo.Status.EXPIRED);
        Payouts.burn(reservation.reservationFeeNatWei + reservation.executorFeeNatWei);`,
      },
    ],
    check: 'ground for minting EXPIRED',
    steps: 2,
  },
  {
    name: 'paid-minting-defaulted',
    story: 'that a minting was not paid is attested although it was, so that its agent takes the fee and the payment',
    services: { fdc: { overlookPayments: 'mintings' } },
    // Which comes first hangs on whether the user executes before or after the agent has defaulted.
    check: ['ground for minting DEFAULTED', 'reverted with InvalidCrtId'],
    steps: 3,
  },
];
