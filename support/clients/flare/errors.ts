/**
 * Decodes reverts: the protocol's custom errors by name, OpenZeppelin's strings as they are.
 *
 * The official ABI has no custom errors, so they are listed here; each has no arguments unless shown.
 */
import { Interface } from 'ethers';

export interface DecodedRevert {
  /** The custom error's name, or undefined for a plain reason string or no reason. */
  readonly name: string | undefined;
  /** For people: name and arguments, or the reason string. */
  readonly text: string;
}

const CUSTOM_ERRORS = `
  AgentNotInMintQueue AgentNotWhitelisted AgentsFeeTooHigh CannotMintZeroLots InappropriateFeeAmount InvalidAgentStatus
  InvalidAgentVaultAddress MintingCapExceeded MintingPaused NotEnoughFreeCollateral NotAttached InvalidCrtId
  OnlyMinterExecutorOrAgent InvalidMintingReference NotMintingAgentsAddress MintingPaymentTooSmall MintingPaymentTooOld
  PaymentAlreadyConfirmed PaymentFailed InvalidChain LegalPaymentNotProven NonPaymentNotProven OnlyProofOwner
  RedeemZeroLots RedemptionTooSmall RedeemWithTagNotSupported DestinationTagTooBig ExecutorFeeWithoutExecutor
  UnderlyingAddressTooLong InvalidUnderlyingAddress CannotRedeemToAgentsAddress InvalidRequestId InvalidRedemptionStatus
  SourceAddressesNotSupported DestinationTagNotSupported RedemptionNonPaymentMismatch RedemptionDefaultTooEarly
  RedemptionNonPaymentProofWindowTooShort OnlyRedeemerExecutorOrAgent NotEnoughAgentPoolTokensToCoverFailedVaultPayment
  NotEnoughPoolCollateralToCoverFailedVaultPayment ShouldDefaultFirst OnlyAgentVaultOwner RequestedAmountTooSmall
  CoreVaultNotEnabled DestinationNotAllowed InsufficientFunds InvalidExecutor InvalidReceivingAddress AmountNotPositive
  PaymentIsCoreVaultDonation ForbiddenPaymentReference MissingMintingTagManager MissingSmartAccountManager NoValueExpected
  AmountOfNatTooLow AmountOfCollateralTooLow CollateralToTokenRatioTooLow CollateralToTokenRatioTooHigh TokenShareIsZero
  TokenBalanceTooLow TokenSupplyAfterExitTooLow SentAmountTooLow CollateralAfterExitTooLow CollateralRatioFallsBelowExitCR
  WithdrawZeroFAsset FreeFAssetBalanceTooSmall ZeroFAssetDebtPayment PaymentLargerThanFeeDebt FAssetAllowanceTooSmall
  RedemptionRequiresClosingTooManyTickets InvalidRecipientAddress RedemptionOfZero InsufficientNonTimelockedBalance
  InsufficientTransferableBalance FAssetBalanceTooLow CannotTransferToSelf EmergencyPauseOfTransfersActive
  EmergencyPauseActive ZeroPrice TransferFailed ReentrancyGuardReentrantCall SourceNotAgentsUnderlyingAddress
  BlockHeightNotProven AddressValidityNotProven TransactionNotProven InvalidAddress AddressAlreadyClaimed
`
  .trim()
  .split(/\s+/);

const errors = new Interface([
  ...CUSTOM_ERRORS.map((name) => `error ${name}()`),
  'error DirectMintingStillDelayed(uint256 allowedAt)',
]);

/** Names the custom error in `data`, or gives the node's own words. */
export function decodeRevert(data: unknown, nodeMessage: string): DecodedRevert {
  if (typeof data !== 'string' || data === '0x') return { name: undefined, text: nodeMessage };
  const parsed = errors.parseError(data);
  if (parsed === null) return { name: undefined, text: `${nodeMessage}, revert data ${data.slice(0, 10)}` };
  const values = parsed.args.map(String).join(', ');
  if (parsed.name === 'Error') return { name: undefined, text: values };
  return { name: parsed.name, text: `${parsed.name}(${values})` };
}
