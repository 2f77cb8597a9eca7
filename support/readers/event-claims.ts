/**
 * Which check judges each field of the protocol's events, or why none does. A name is `Event` for all its fields or
 * `Event.field` for one. A test holds it complete against the interfaces.
 */

/** By the check that names a wrong figure. */
export const JUDGED_EVENTS: Readonly<Record<string, string>> = {
  'invariant: events tell the right figures': `
    RedemptionTicketCreated.agentVault RedemptionTicketCreated.ticketValueUBA RedemptionTicketUpdated
    RedemptionTicketDeleted DustChanged CollateralReserved.feeUBA
    MintingPaymentDefault.reservedAmountUBA CollateralReservationDeleted.reservedAmountUBA
    RedemptionRequested.feeUBA RedemptionWithTagRequested.feeUBA
    RedemptionPerformed.redemptionAmountUBA RedemptionPerformed.spentUnderlyingUBA
    RedemptionPaymentBlocked.redemptionAmountUBA RedemptionPaymentBlocked.spentUnderlyingUBA
    RedemptionPaymentFailed.spentUnderlyingUBA RedemptionRejected.redemptionAmountUBA
    RedemptionDefault.redemptionAmountUBA RedemptionDefault.redeemedVaultCollateralWei
    RedemptionDefault.redeemedPoolCollateralWei RedemptionPoolFeeMinted.poolFeeUBA RedemptionPoolFeeMinted.agentVault
    MintingExecuted.agentVault MintingPaymentDefault.agentVault MintingPaymentDefault.minter
    CollateralReservationDeleted.agentVault CollateralReservationDeleted.minter
    RedemptionPerformed.agentVault RedemptionPerformed.redeemer RedemptionPaymentBlocked.agentVault
    RedemptionPaymentBlocked.redeemer RedemptionDefault.agentVault RedemptionDefault.redeemer
    RedemptionRejected.agentVault RedemptionRejected.redeemer
  `,
  'invariant: events can be followed': `
    RedemptionTicketCreated.redemptionTicketId CPFeeDebtChanged CurrentUnderlyingBlockUpdated
  `,
  'invariant: life cycles are regular': `
    CollateralReserved.collateralReservationId CollateralReserved.firstUnderlyingBlock
    CollateralReserved.lastUnderlyingBlock CollateralReserved.lastUnderlyingTimestamp
    RedemptionRequested.requestId RedemptionRequested.firstUnderlyingBlock RedemptionRequested.lastUnderlyingBlock
    RedemptionRequested.lastUnderlyingTimestamp RedemptionWithTagRequested.requestId
    RedemptionWithTagRequested.firstUnderlyingBlock RedemptionWithTagRequested.lastUnderlyingBlock
    RedemptionWithTagRequested.lastUnderlyingTimestamp MintingExecuted.collateralReservationId
    MintingPaymentDefault.collateralReservationId CollateralReservationDeleted.collateralReservationId
    RedemptionPerformed.requestId RedemptionPaymentBlocked.requestId RedemptionDefault.requestId
    RedemptionRejected.requestId
  `,
  'invariant: pools get their part of redemption fees': 'RedemptionPoolFeeMinted.requestId',
  'invariant: underlying balance is what the ledger holds': `
    RedemptionPerformed.transactionHash RedemptionPaymentBlocked.transactionHash
    RedemptionPaymentFailed.transactionHash ConfirmedClosedMintingPayment.transactionHash
    UnderlyingBalanceToppedUp.transactionHash
  `,
  'invariant: reserved is what is reserved': 'CollateralReserved.agentVault',
  'invariant: redeeming is what is requested': 'RedemptionRequested.agentVault RedemptionWithTagRequested.agentVault',
  'the claim of the same name of a minting, a default or an act on a pool': `
    CollateralReserved.valueUBA CollateralReserved.paymentAddress MintingExecuted.mintedAmountUBA
    MintingExecuted.poolFeeUBA MintingExecuted.agentFeeUBA CPEntered.amountNatWei CPEntered.receivedTokensWei
    CPEntered.timelockExpiresAt CPExited.burnedTokensWei CPExited.receivedNatWei CPFeesWithdrawn.withdrawnFeesUBA
    CollateralReserved.minter CollateralReserved.paymentReference CollateralReserved.executor
    CollateralReserved.executorFeeNatWei CPEntered.tokenHolder CPExited.tokenHolder CPFeesWithdrawn.tokenHolder CPFeeDebtPaid
  `,
  'claim RedemptionRequested events': 'RedemptionRequested.valueUBA',
  'claim of the addressees in RedemptionRequested events': `
    RedemptionRequested.redeemer RedemptionRequested.paymentAddress RedemptionRequested.paymentReference
  `,
  'claim of the executors in RedemptionRequested events': `
    RedemptionRequested.executor RedemptionRequested.executorFeeNatWei
  `,
  'claim of the same name, for whoever is in the pool that pays for a default': 'CPPaidOut',
  'claim of what a redemption tells as left over': 'RedemptionRequestIncomplete RedemptionAmountIncomplete',
  'claim of the event of a direct minting': 'DirectMintingExecuted DirectMintingPaymentTooSmallForFee',
};

/** By the reason why nothing judges it. */
export const UNJUDGED_EVENTS: Readonly<Record<string, string>> = {
  'not judged yet: nobody redeems to a tag or exits by redeeming yet': `
    RedemptionWithTagRequested.redeemer
    RedemptionWithTagRequested.paymentAddress RedemptionWithTagRequested.paymentReference
    RedemptionWithTagRequested.executor RedemptionWithTagRequested.executorFeeNatWei
    RedemptionWithTagRequested.destinationTag RedemptionWithTagRequested.valueUBA
    CPSelfCloseExited RedeemedInCollateral
  `,
  'the default of the same transaction tells whose it was, and the reason is a text for people': `
    RedemptionPaymentFailed.agentVault RedemptionPaymentFailed.redeemer RedemptionPaymentFailed.requestId
    RedemptionPaymentFailed.failureReason
  `,
  'not judged yet: tells again what an event of the same act tells': `
    ConfirmedClosedMintingPayment.agentVault ConfirmedClosedMintingPayment.depositedUBA
    UnderlyingBalanceToppedUp.agentVault UnderlyingBalanceToppedUp.depositedUBA UnderlyingBalanceChanged
    UnderlyingBalanceTooLow RedemptionTicketsConsolidated
  `,
  'not judged yet: terms and state of agents, which are read from views': `
    AgentAvailable AvailableAgentExitAnnounced AvailableAgentExited AgentSettingChangeAnnounced AgentSettingChanged
    AgentCollateralTypeChanged AgentPing AgentPingResponse AgentVaultCreated AgentDestroyAnnounced AgentDestroyed
    PoolTokenRedemptionAnnounced VaultCollateralWithdrawalAnnounced UnderlyingWithdrawalAnnounced
    UnderlyingWithdrawalCancelled UnderlyingWithdrawalConfirmed SelfMint SelfClose CPClaimedReward
  `,
  'not judged yet: direct mintings that wait, and those of smart accounts': `
    DirectMintingDelayed LargeDirectMintingDelayed DirectMintingExecutedToSmartAccount
  `,
  'nobody in a run liquidates or challenges': `
    FullLiquidationStarted LiquidationStarted LiquidationEnded LiquidationPerformed DuplicatePaymentConfirmed
    IllegalPaymentConfirmed
  `,
  'nobody in a run moves funds between agents and the core vault': `
    CoreVaultFundsAdded CoreVaultRedemptionRequested ReturnFromCoreVaultCancelled ReturnFromCoreVaultConfirmed
    ReturnFromCoreVaultRequested TransferToCoreVaultDefaulted TransferToCoreVaultStarted TransferToCoreVaultSuccessful
  `,
  'governance only': `
    CollateralRatiosChanged CollateralTypeAdded ContractChanged SettingChanged SettingArrayChanged MintingPaused
    EmergencyPauseTriggered EmergencyPauseCanceled EmergencyPauseTotalDurationReset DirectMintingsUnblocked
  `,
  'balances after each act are held against the statement; the event only tells where to look': 'Transfer',
};

const named = (names: string): string[] => names.trim().split(/\s+/);
const all = (table: Readonly<Record<string, string>>): string[] => Object.values(table).flatMap(named);

/** Every name in the tables. */
export const namesOfEvents = (): string[] => [...all(JUDGED_EVENTS), ...all(UNJUDGED_EVENTS)];

/** What the tables say of a field of an event, or of an event without fields. */
export const saidOf = (event: string, field?: string): string[] =>
  [JUDGED_EVENTS, UNJUDGED_EVENTS].flatMap((table) =>
    Object.entries(table).flatMap(([says, names]) =>
      named(names).some((name) => name === event || name === `${event}.${field}`) ? [says] : [],
    ),
  );

/** True when a check judges it. */
export const isJudged = (event: string, field?: string): boolean =>
  all(JUDGED_EVENTS).some((name) => name === event || name === `${event}.${field}`);
