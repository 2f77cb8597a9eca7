/** Errors that no refusal and no probe meets, by the reason why (v1.3). The document and its test hold this list complete. */
export const UNMET_ERRORS: Readonly<Record<string, string>> = {
  'only governance can meet it, in settings and in making contracts': `
    AUAddressZero AddressZero AlreadyInProductionMode AssetManagerNotManaged AtLeastOneFactorRequired
    AtLeastTwoCollateralsRequired BipsValueTooHigh BipsValueTooLow CannotAddDeprecatedToken CannotBeZero CannotDisable
    CannotReplaceAssetManager DecimalsMismatch DecreaseTooBig DiamondNotInitialized FactorNotAboveOne FactorsNotIncreasing
    FeeDecreaseTooBig FeeIncreaseTooBig FeeZero GovernedAddressZero InconsistentLevelAndDuration IncreaseTooBig
    InvalidCollateralRatios LengthMismatch LengthsNotEqual LotSizeBiggerThanMintingCap LotSizeDecreaseTooBig
    LotSizeIncreaseTooBig MintingCapTooSmall MustBeAtLeastTwoHours MustBeTwoHours MustBeZero NotAPoolCollateralAtZero
    NotAVaultCollateral PoolTokenAlreadySet ThresholdTooHigh TokenAlreadyExists TokenZero TooCloseToPreviousUpdate
    ValueMustBeNonNegative ValueMustBeNonzero ValueTooBig ValueTooSmall VaultCollateralFactorHigherThanTotal WindowTooSmall
    WrongAssetManager ZeroAssetManager
  `,
  'only the contracts of the protocol can meet it, from one another': `
    AlreadyConfirmed AmountZero CannotDestroyPoolWithIssuedTokens InvalidAmount NotFound RedemptionOfZero RequestExists
    ReentrancyGuardReentrantCall ReentrancyGuardRequired
  `,
  'only the core vault and its custodian can meet it': `
    ContractPaused CoreVaultNotEnabled DestinationNotAllowed EscrowAlreadyFinished InsufficientFunds InvalidEndTime
    InvalidPreimageHash InvalidStartTime MemoDataNotAllowed NegativeValue NotACoreVaultDonation NotCoreVault
    RequestedAmountTooSmall
  `,
  "only agents can meet it, on the way to and from the core vault; no user's money hangs on it": `
    CannotReturnZeroLots InvalidPaymentReference NoActiveReturnRequest NotEnoughUnderlying NothingMinted
    PaymentNotFromCoreVault PaymentNotToAgentsAddress ReturnFromCoreVaultAlreadyRequested TooLittleMintingLeftAfterTransfer
    TransferAlreadyActive ZeroTransferNotAllowed
  `,
  "only agents can meet it, in their own settings and accounts; no user's money hangs on it": `
    AgentNotAvailable AgentStillActive CannotUseAManagementAddressAsWorkAddress CollateralDeprecated
    CollateralRatioTooSmall DestroyNotAllowedYet FeeTooHigh FreeUnderlyingBalanceToSmall NotEnoughCollateral
    OnlyNonCollateralTokens SelfCloseOfZero SelfMintInvalidAgentStatus SuffixInvalidFormat SuffixReserved ValueTooHigh
    ValueTooLow WithdrawalCRTooLow WithdrawalInvalidAgentStatus WithdrawalValueTooHigh WorkAddressInUse
    AddressUsedByCoreVault
  `,
  'only challengers and liquidators can meet it, for whom there is no actor yet': `
    CannotStopLiquidation ChallengeAlreadyLiquidating ChallengeInvalidAgentStatus ChallengeNotDuplicate
    ChallengeSameTransactionRepeated ChallengeTransactionAlreadyConfirmed LiquidationNotPossible MatchingAnnouncedPaymentActive
    MatchingRedemptionActive MultiplePaymentsChallengeEnoughBalance NotInLiquidation
  `,
  'only publishers of prices can meet it': `
    AllPricesMustBeProvided AlreadySubmitted FeedIdMismatch MaxSpreadTooBig MerkleProofInvalid MinTurnoutTooBig NoLeaves
    PriceNotInitialized PricesAlreadyPublished SubmissionWindowClosed SubmissionWindowNotClosed SymbolNotSupported
    TooManyTrustedProviders VotingEpochDurationTooShort VotingRoundIdMismatch WrongNumberOfProofs
  `,
  'needs a state that settings or prices of zero would make, which governance does not': `
    ConversionOverflow DivisionByZero MissingMintingTagManager MissingSmartAccountManager NotInitialized
    RedeemWithTagNotSupported ZeroPrice
  `,
  'needs a pool that has lost nearly all it had, or entries too small to count': `
    AmountOfCollateralTooLow CollateralAfterExitTooLow CollateralToTokenRatioTooHigh CollateralToTokenRatioTooLow
    DepositResultsInZeroTokens SentAmountTooLow NotEnoughAgentPoolTokensToCoverFailedVaultPayment
    NotEnoughPoolCollateralToCoverFailedVaultPayment
  `,
  'needs an agent with more tickets than one redemption takes, whose pool is then left by closing': `
    RedemptionRequiresClosingTooManyTickets
  `,
  'needs a delayed minting that governance unblocks': 'DirectMintingNotUnblocked',
  'about old balances, which only cleaners of history ask for': `
    CheckPointHistoryReadingFromCleanedupBlock CheckPointableReadingFromCleanedupBlock CleanupBlockMustBeInThePast
    CleanupBlockNumberMustNeverDecrease TimestampMustBeInThePast ValueDoesNotFitInOneNineTwoBits
  `,
  'about signed approvals, which nobody here gives': 'ERC20PermitExpiredDeadline ERC20PermitInvalidSignature',
  'about a receiver that is a contract and refuses native coin': 'TransferFailed',
  'met by `probe-agents` on the real contracts; governance of the stand-in has no timelock': `
    TimelockInvalidSelector TimelockNotAllowedYet
  `,
  'declared, but raised nowhere': 'InvalidAddress PaymentNotProven',
  'a function that this release does not have': 'FunctionNotFound',
};
