/** Faults that let through what must be refused, one for each error a user can provoke. */
import { type PlantedFault, metBy } from './planted-fault.ts';

const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const REQUEST = 'asset-manager/facets/RedemptionRequestFacet.sol';
const DEFAULT = 'asset-manager/facets/RedemptionDefaultFacet.sol';
const REDEMPTIONS = 'asset-manager/library/Redemptions.sol';
const POOL = 'pool/CollateralPool.sol';
const TOKEN = 'pool/CollateralPoolToken.sol';

/** The check of an act that goes through, or is refused with another error than it should be. */
const OTHERWISE = 'custom error';

/** The fault of a file in which one requirement is left out. */
function withoutRequirement(
  name: string,
  story: string,
  file: string,
  requirement: string,
  steps: number,
): PlantedFault {
  return { name, story, patches: [{ file, find: requirement, replace: '' }], check: OTHERWISE, steps };
}

export const missingRefusals: readonly PlantedFault[] = [
  withoutRequirement(
    'zero-lots-reserved',
    'no lots at all can be reserved',
    RESERVATION,
    'require(lots > 0, CannotMintZeroLots());',
    1,
  ),
  withoutRequirement(
    'more-than-free-reserved',
    'more lots can be reserved than the agent has collateral for',
    RESERVATION,
    'require(holdings.freeLots(agent) >= lots, NotEnoughFreeCollateral());',
    1,
  ),
  withoutRequirement(
    'unknown-agent-accepted',
    'an agent that does not exist is not refused as such',
    'asset-manager/library/Agents.sol',
    'require(agent.vault != address(0), InvalidAgentVaultAddress());',
    1,
  ),
  withoutRequirement(
    'minter-fee-limit-ignored',
    'the most that the minter is willing to pay is not looked at',
    RESERVATION,
    'require(maxMintingFeeBIPS >= agent.feeBIPS, AgentsFeeTooHigh());',
    1,
  ),
  withoutRequirement(
    'reservation-fee-underpaid',
    'too little for the reservation fee is not refused as such',
    RESERVATION,
    'require(msg.value >= feeWei, InappropriateFeeAmount());',
    1,
  ),
  {
    name: 'minting-executed-twice',
    story: 'a reservation that was executed can be executed again with the same payment',
    patches: [
      {
        file: MINTING,
        find: 'Reservations.getActive(collateralReservationId)',
        replace: 'Reservations.get(collateralReservationId)',
      },
      {
        file: MINTING,
        find: `Underlying.useIncoming(payment.data.requestBody.transactionId);
        uint256 receivedUba = paid.receivedAmount.toUint256();
        uint256 poolFeeUba`,
        replace: `uint256 receivedUba = paid.receivedAmount.toUint256();
        uint256 poolFeeUba`,
      },
    ],
    check: OTHERWISE,
    steps: 2,
  },
  {
    name: 'minting-executed-by-anyone',
    story: "a stranger can execute somebody else's minting",
    patches: [
      {
        file: MINTING,
        find: `msg.sender == reservation.minter ||
                msg.sender`,
        replace: `msg.sender != address(0) ||
                msg.sender`,
      },
    ],
    check: OTHERWISE,
    steps: 2,
  },
  withoutRequirement(
    'foreign-payment-mints',
    'a minting can be executed with the payment of another one',
    MINTING,
    'require(paid.standardPaymentReference == References.minting(id), InvalidMintingReference());',
    3,
  ),
  metBy(
    withoutRequirement(
      'underpaid-minting-executed',
      'a minting can be executed with a payment that is too small',
      MINTING,
      'require(paid.receivedAmount >= dueUba.toInt256(), MintingPaymentTooSmall());',
      2,
    ),
    2,
    'ground for minting SUCCESSFUL',
  ),
  withoutRequirement(
    'zero-lots-redeemed',
    'no lots at all can be redeemed',
    REQUEST,
    'require(pieces.totalAmg != 0, RedeemZeroLots());',
    2,
  ),
  {
    name: 'redemption-of-lots-not-held-skipped',
    story: 'asking for more lots than are held is taken as asking for none',
    patches: [
      {
        file: REQUEST,
        find: 'Wish(lots.lotsAmg(), lotAmg,',
        replace: 'Wish(lots.lotsAmg().uba() <= Store.fAsset().balanceOf(msg.sender) ? lots.lotsAmg() : 0, lotAmg,',
      },
    ],
    check: OTHERWISE,
    steps: 2,
  },
  withoutRequirement(
    'redemption-beyond-balance',
    'redeeming more than is held is not refused as such',
    'tokens/FAssetToken.sol',
    'require(from == address(0) || balanceOf(from) >= amount, FAssetBalanceTooLow());',
    2,
  ),
  withoutRequirement(
    'redemption-minimum-ignored',
    'less than the least amount can be redeemed',
    REQUEST,
    'require(amountUba.amg() >= Store.get().extra.minimumRedeemAmountUba.amg(), RedemptionTooSmall());',
    2,
  ),
  withoutRequirement(
    'redemption-to-agent',
    "a redemption can be paid to the agent's own address",
    REDEMPTIONS,
    'require(addressHash != agentAddressHash, CannotRedeemToAgentsAddress());',
    2,
  ),
  withoutRequirement(
    'executor-fee-for-nobody',
    'an executor fee can be given without an executor',
    REDEMPTIONS,
    'require(order.executorFeeNatWei == 0 || order.executor != address(0), ExecutorFeeWithoutExecutor());',
    2,
  ),
  {
    name: 'default-one-ledger-early',
    story: 'a default is accepted with a proof that reaches to the last ledger of the payment window, not beyond it',
    patches: [
      {
        file: DEFAULT,
        find: 'overflowBlock > request.lastUnderlyingBlock && overflowTimestamp',
        replace: 'overflowBlock >= request.lastUnderlyingBlock && overflowTimestamp',
      },
    ],
    check: OTHERWISE,
    steps: 3,
  },
  withoutRequirement(
    'default-proof-begins-late',
    'a default is accepted with a proof that leaves out the beginning of the payment window',
    DEFAULT,
    'require(minimalBlock <= request.firstUnderlyingBlock, RedemptionNonPaymentProofWindowTooShort());',
    3,
  ),
  {
    name: 'default-of-another-amount',
    story: 'a default is accepted with the proof that another amount was not paid',
    patches: [
      {
        file: DEFAULT,
        find: `asked.standardPaymentReference == References.redemption(redemptionRequestId) &&
                asked.destinationAddressHash == request.underlyingAddressHash &&
                asked.amount == Redemptions.dueUba(request),`,
        replace: `asked.standardPaymentReference == References.redemption(redemptionRequestId) &&
                asked.destinationAddressHash == request.underlyingAddressHash,`,
      },
    ],
    check: OTHERWISE,
    steps: 3,
  },
  withoutRequirement(
    'default-paid-twice',
    'a redemption that was defaulted can be defaulted again',
    DEFAULT,
    'require(request.status == RedemptionRequestInfo.Status.ACTIVE, InvalidRedemptionStatus());',
    4,
  ),
  withoutRequirement(
    'default-of-paid-redemption',
    'a redemption that ended is not refused as such',
    REDEMPTIONS,
    'require(isOpen, InvalidRequestId());',
    3,
  ),
  {
    name: 'default-claimed-by-anyone',
    story: "a stranger can claim the default of somebody else's redemption",
    patches: [{ file: DEFAULT, find: 'msg.sender == request.redeemer ||', replace: 'msg.sender != address(0) ||' }],
    check: OTHERWISE,
    steps: 3,
  },
  withoutRequirement(
    'entry-minimum-ignored',
    'a pool can be entered with less than one coin',
    POOL,
    'require(msg.value >= MIN_NAT_TO_ENTER, AmountOfNatTooLow());',
    1,
  ),
  withoutRequirement(
    'exit-with-nothing',
    'an exit with no tokens is not refused as such',
    POOL,
    'require(tokensWei > 0, TokenShareIsZero());',
    2,
  ),
  withoutRequirement(
    'exit-beyond-balance',
    'an exit with more tokens than are held is not refused as such',
    POOL,
    'require(tokensWei <= token.balanceOf(msg.sender), TokenBalanceTooLow());',
    2,
  ),
  withoutRequirement(
    'exit-ratio-ignored',
    'an exit may leave the pool less collateral than it must keep',
    POOL,
    'require(_isAbove(_exitRatioBips(), totalCollateral - natWei), CollateralRatioFallsBelowExitCR());',
    5,
  ),
  withoutRequirement(
    'timelock-not-enforced',
    'tokens can be exited before their timelock ends',
    TOKEN,
    'require(amountWei <= nonTimelockedBalanceOf(from), InsufficientNonTimelockedBalance());',
    2,
  ),
  {
    name: 'timelock-does-not-bind-transfers',
    story: 'tokens can be transferred before their timelock ends, though not exited',
    patches: [
      {
        file: TOKEN,
        find: 'require(amountWei <= nonTimelockedBalanceOf(from)',
        replace: 'require(isTransfer || amountWei <= nonTimelockedBalanceOf(from)',
      },
    ],
    check: OTHERWISE,
    steps: 2,
  },
  {
    name: 'fee-debt-does-not-lock',
    story: 'tokens whose fees were not paid for can be transferred',
    patches: [
      {
        file: TOKEN,
        find: 'if (isTransfer) require(amountWei <= debtFreeBalanceOf(from), InsufficientTransferableBalance());',
        replace: 'if (isTransfer) debtFreeBalanceOf(from);',
      },
    ],
    check: OTHERWISE,
    steps: 4,
  },
  withoutRequirement(
    'fees-withdrawn-beyond-claim',
    'more fees can be withdrawn than the pool owes the holder',
    POOL,
    'require(amountUba <= fAssetFeesOf(msg.sender), FreeFAssetBalanceTooSmall());',
    3,
  ),
  withoutRequirement(
    'no-fees-withdrawn',
    'a withdrawal of no fees at all is not refused',
    POOL,
    'require(amountUba > 0, WithdrawZeroFAsset());',
    3,
  ),
];
