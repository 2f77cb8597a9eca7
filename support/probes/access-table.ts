/**
 * Who may call what: every function that changes something, of every contract of the protocol (v1.3 and v1.2), by the error
 * with which a stranger is refused. Functions of the official ABI of the asset manager by name, others with their types.
 */

export type ContractKind =
  | 'assetManager'
  | 'controller'
  | 'registry'
  | 'fAsset'
  | 'coreVaultManager'
  | 'tagManager'
  | 'vault'
  | 'pool'
  | 'poolToken'
  | 'priceReader';

/** Anybody may call it, with what is theirs. */
export const ANYBODY = 'anybody';
/** The caller is checked after a proof or against a record, so that the probes of that topic have the stranger. */
export const BY_RECORD = 'by record';

/** Functions by error, or by ANYBODY and BY_RECORD, with blanks between. */
type Functions = Readonly<Record<string, string>>;

export const ACCESS: Readonly<Record<ContractKind, Functions>> = {
  assetManager: {
    AgentNotWhitelisted: `
      createAgentVault
    `,
    InvalidAgentVaultAddress: `
      beforeCollateralWithdrawal(address,uint256)
    `,
    OnlyAgentVaultOrPool: `
      updateCollateral(address,address)
    `,
    OnlyAgentVaultOwner: `
      addAlwaysAllowedMinterForAgent removeAlwaysAllowedMinterForAgent announceAgentPoolTokenRedemption
      announceVaultCollateralWithdrawal agentPingResponse announceAgentSettingUpdate executeAgentSettingUpdate
      announceDestroyAgent destroyAgent upgradeAgentVaultAndPool announceExitAvailableAgentList
      exitAvailableAgentList makeAgentAvailable cancelReturnFromCoreVault requestReturnFromCoreVault transferToCoreVault
      mintFromFreeUnderlying selfMint selfClose announceUnderlyingWithdrawal cancelUnderlyingWithdrawal
      confirmTopupPayment
    `,
    OnlyAssetManagerController: `
      upgradeAgentVaultsAndPools(uint256,uint256)
      addCollateralType((uint8,address,uint256,uint256,bool,string,string,uint256,uint256))
      setCollateralRatiosForToken(uint8,address,uint256,uint256) emergencyPause(uint8,bool,uint256)
      resetEmergencyPauseTotalDuration() setRedemptionPaymentExtensionSeconds
      setAgentExitAvailableTimelockSeconds(uint256) setAgentFeeChangeTimelockSeconds(uint256)
      setAgentMintingCRChangeTimelockSeconds(uint256) setAgentOwnerRegistry(address)
      setAgentTimelockedOperationWindowSeconds(uint256) setAgentVaultFactory(address)
      setAttestationWindowSeconds(uint256) setAverageBlockTimeMS(uint256) setCleanerContract(address)
      setCleanupBlockNumberManager(address) setCollateralPoolFactory(address)
      setCollateralPoolTokenFactory(address) setCollateralPoolTokenTimelockSeconds(uint256)
      setCollateralReservationFeeBips(uint256) setConfirmationByOthersAfterSeconds(uint256)
      setConfirmationByOthersRewardUSD5(uint256) setEmergencyPauseDurationResetAfterSeconds(uint256)
      setFdcVerification(address) setLiquidationPaymentFactors(uint256[],uint256[])
      setLiquidationStepSeconds(uint256) setLotSizeAmg(uint256) setMaxEmergencyPauseDurationSeconds(uint256)
      setMaxRedeemedTickets(uint256) setMaxTrustedPriceAgeSeconds(uint256)
      setMinUpdateRepeatTimeSeconds(uint256) setMintingCapAmg(uint256)
      setMintingPoolHoldingsRequiredBIPS(uint256) setPaymentChallengeReward(uint256,uint256)
      setPoolExitCRChangeTimelockSeconds(uint256) setPriceReader(address)
      setRedemptionDefaultFactorVaultCollateralBIPS(uint256) setRedemptionFeeBips(uint256)
      setTimeForPayment(uint256,uint256) setVaultCollateralBuyForFlareFactorBIPS(uint256)
      setWithdrawalOrDestroyWaitMinSeconds(uint256) updateSystemContracts(address,address)
      upgradeFAssetImplementation(address,bytes) attachController(bool) pauseMinting() unpauseMinting()
    `,
    OnlyCollateralPool: `
      redeemFromAgent(address,address,uint256,string,address)
      redeemFromAgentInCollateral(address,address,uint256)
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      cancelGovernanceCall(bytes) diamondCut((address,uint8,bytes4[])[],address,bytes) switchToProductionMode()
      setCoreVaultManager setCoreVaultMinimumAmountLeftBIPS setCoreVaultMinimumRedeemLots
      setCoreVaultNativeAddress setCoreVaultRedemptionFeeBIPS setCoreVaultTransferDefaultPenaltyBIPS
      setCoreVaultTransferTimeExtensionSeconds setDirectMintingFee setDirectMintingDailyLimitUBA
      setDirectMintingExecutorFee setDirectMintingFeeReceiver setDirectMintingHourlyLimitUBA
      setDirectMintingLargeMintingThrottling setDirectMintingOthersCanExecuteAfterSeconds setMintingTagManager
      setSmartAccountManager unblockDirectMintingsUntil setMinimumRedeemAmountUBA
    `,
    OnlyImmediateGovernanceOrExecutor: `
      upgradeWNatContract(uint256,uint256) consolidateSmallTickets
    `,
    [ANYBODY]: `
      agentPing doublePaymentChallenge freeBalanceNegativeChallenge illegalPaymentChallenge redeemFromCoreVault
      markUnblockedDirectMintingAllowed endLiquidation liquidate startLiquidation convertDustToTicket redeem
      redeemAmount redeemWithTag updateCurrentBlock
    `,
    [BY_RECORD]: `
      reserveCollateral confirmCoreVaultDonation confirmReturnFromCoreVault executeDirectMinting
      mintingPaymentDefault unstickMinting confirmClosedMintingPayment executeMinting confirmRedemptionPayment
      confirmXRPRedemptionPayment finishRedemptionWithoutPayment redemptionPaymentDefault
      xrpRedemptionPaymentDefault rejectInvalidRedemption confirmUnderlyingWithdrawal
    `,
  },
  controller: {
    GovernedAlreadyInitialized: `
      initialize(address,address,address)
    `,
    OnlyAddressUpdater: `
      updateContractAddresses(bytes32[],address[])
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      addAssetManager(address)
      addCollateralType(address[],(uint8,address,uint256,uint256,bool,string,string,uint256,uint256))
      addEmergencyPauseSender(address) cancelExternalEmergencyPause(address[]) cancelGovernanceCall(bytes)
      pauseMinting(address[]) removeAssetManager(address) removeEmergencyPauseSender(address)
      resetEmergencyPauseTotalDuration(address[]) setAgentExitAvailableTimelockSeconds(address[],uint256)
      setAgentFeeChangeTimelockSeconds(address[],uint256)
      setAgentMintingCRChangeTimelockSeconds(address[],uint256) setAgentOwnerRegistry(address[],address)
      setAgentTimelockedOperationWindowSeconds(address[],uint256) setAgentVaultFactory(address[],address)
      setAttestationWindowSeconds(address[],uint256) setAverageBlockTimeMS(address[],uint256)
      setCleanerContract(address[],address) setCleanupBlockNumberManager(address[],address)
      setCollateralPoolFactory(address[],address) setCollateralPoolTokenFactory(address[],address)
      setCollateralPoolTokenTimelockSeconds(address[],uint256)
      setCollateralRatiosForToken(address[],uint8,address,uint256,uint256)
      setCollateralReservationFeeBips(address[],uint256) setConfirmationByOthersAfterSeconds(address[],uint256)
      setConfirmationByOthersRewardUSD5(address[],uint256)
      setEmergencyPauseDurationResetAfterSeconds(address[],uint256) setFdcVerification(address[],address)
      setLiquidationPaymentFactors(address[],uint256[],uint256[]) setLiquidationStepSeconds(address[],uint256)
      setLotSizeAmg(address[],uint256) setMaxEmergencyPauseDurationSeconds(address[],uint256)
      setMaxRedeemedTickets(address[],uint256) setMaxTrustedPriceAgeSeconds(address[],uint256)
      setMinUpdateRepeatTimeSeconds(address[],uint256) setMintingCapAmg(address[],uint256)
      setMintingPoolHoldingsRequiredBIPS(address[],uint256) setPaymentChallengeReward(address[],uint256,uint256)
      setPoolExitCRChangeTimelockSeconds(address[],uint256) setPriceReader(address[],address)
      setRedemptionDefaultFactorVaultCollateralBIPS(address[],uint256) setRedemptionFeeBips(address[],uint256)
      setRedemptionPaymentExtensionSeconds(address[],uint256) setTimeForPayment(address[],uint256,uint256)
      setVaultCollateralBuyForFlareFactorBIPS(address[],uint256)
      setWithdrawalOrDestroyWaitMinSeconds(address[],uint256) switchToProductionMode() unpauseMinting(address[])
      upgradeAgentVaultsAndPools(address[],uint256,uint256) upgradeFAssetImplementation(address[],address,bytes)
      upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    OnlyGovernanceOrEmergencyPauseSenders: `
      cancelEmergencyPause(address[]) emergencyPauseFull(address[],uint256)
      emergencyPauseFullAndTransfer(address[],uint256) emergencyPauseStartOperations(address[],uint256)
    `,
    [ANYBODY]: `
      updateContracts(address[])
    `,
  },
  registry: {
    AgentNotWhitelisted: `
      setWorkAddress(address)
    `,
    GovernedAlreadyInitialized: `
      initialize(address,address)
    `,
    NotAPendingWorkAddress: `
      acceptWorkAddressAssignment(address)
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      cancelGovernanceCall(bytes) setManager(address) switchToProductionMode() upgradeTo(address)
      upgradeToAndCall(address,bytes)
    `,
    OnlyGovernanceOrManager: `
      revokeAddress(address) setAgentDescription(address,string) setAgentIconUrl(address,string)
      setAgentName(address,string) setAgentTermsOfUseUrl(address,string)
      whitelistAndDescribeAgent(address,string,string,string,string)
    `,
  },
  fAsset: {
    AlreadyInitialized: `
      initialize(string,string,string,string,uint8)
    `,
    AlreadyUpgraded: `
      initializeV1r1()
    `,
    OnlyAssetManager: `
      burn(address,uint256) mint(address,uint256) setCleanerContract(address)
      setCleanupBlockNumberManager(address) upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    OnlyCleanerContract: `
      balanceHistoryCleanup(address,uint256) totalSupplyHistoryCleanup(uint256)
    `,
    OnlyCleanupBlockManager: `
      setCleanupBlockNumber(uint256)
    `,
    OnlyDeployer: `
      setAssetManager(address)
    `,
    [ANYBODY]: `
      approve(address,uint256) decreaseAllowance(address,uint256) increaseAllowance(address,uint256)
      permit(address,address,uint256,uint256,uint8,bytes32,bytes32) transfer(address,uint256)
      transferFrom(address,address,uint256)
    `,
  },
  coreVaultManager: {
    GovernedAlreadyInitialized: `
      initialize(address,address,address,address,bytes32,string,string,uint256)
    `,
    NotAuthorized: `
      pause() triggerInstructions()
    `,
    OnlyAddressUpdater: `
      updateContractAddresses(bytes32[],address[])
    `,
    OnlyAssetManager: `
      cancelTransferRequestFromCoreVault(string) confirmPayment(bytes32,int256)
      requestTransferFromCoreVault(string,bytes32,uint128,bool)
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      addAllowedDestinationAddresses(string[]) addEmergencyPauseSenders(address[]) addPreimageHashes(bytes32[])
      addTriggeringAccounts(address[]) cancelGovernanceCall(bytes) removeAllowedDestinationAddresses(string[])
      removeEmergencyPauseSenders(address[]) removeTriggeringAccounts(address[])
      removeUnusedPreimageHashes(uint256) setEscrowsFinished(bytes32[]) switchToProductionMode()
      triggerCustomInstructions(bytes32) unpause() updateCustodianAddress(string)
      updateSettings(uint128,uint128,uint128,uint128) upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    [ANYBODY]: `
      processEscrows(uint256)
      confirmPayment((bytes32[],(bytes32,bytes32,uint64,uint64,(bytes32,uint256,uint256),(uint64,uint64,bytes32,bytes32,bytes32,bytes32,int256,int256,int256,int256,bytes32,bool,uint8))))
    `,
  },
  tagManager: {
    'Initializable: contract is already initialized': `
      initialize(address,address,string,string,uint256,address,uint256)
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      cancelGovernanceCall(bytes) setReservationFee(uint256) setReservationFeeRecipient(address)
      switchToProductionMode() upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    [ANYBODY]: `
      approve(address,uint256) reserve() safeTransferFrom(address,address,uint256)
      safeTransferFrom(address,address,uint256,bytes) setApprovalForAll(address,bool) transfer(address,uint256)
      transferFrom(address,address,uint256)
    `,
    [BY_RECORD]: `
      setAllowedExecutor(uint256,address) setMintingRecipient(uint256,address)
    `,
  },
  vault: {
    AlreadyInitialized: `
      initialize(address)
    `,
    OnlyAssetManager: `
      destroy() payout(address,address,uint256) upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    OnlyOwner: `
      buyCollateralPoolTokens() depositCollateral(address,uint256) redeemCollateralPoolTokens(uint256,address)
      transferExternalToken(address,uint256) updateCollateral(address)
      withdrawCollateral(address,uint256,address) withdrawPoolFees(uint256,address)
    `,
  },
  pool: {
    AlreadyInitialized: `
      initialize(address,address,address,uint32)
    `,
    OnlyAgent: `
      claimAirdropDistribution(address,uint256)
      claimDelegationRewards(address,uint24,(bytes32[],(uint24,bytes20,uint120,uint8))[])
      delegate(address,uint256) delegateGovernance(address) optOutOfAirdrop(address) undelegateAll()
      undelegateGovernance()
    `,
    OnlyAssetManager: `
      depositNat() destroy(address) fAssetFeeDeposited(uint256) payout(address,uint256,uint256)
      setExitCollateralRatioBIPS(uint256) setPoolToken(address) upgradeTo(address)
      upgradeToAndCall(address,bytes) upgradeWNatContract(address)
    `,
    [ANYBODY]: `
      enter() exit(uint256) exitTo(uint256,address) payFAssetFeeDebt(uint256)
      selfCloseExit(uint256,bool,string,address) selfCloseExitTo(uint256,bool,address,string,address)
      withdrawFees(uint256) withdrawFeesTo(uint256,address)
    `,
  },
  poolToken: {
    AlreadyInitialized: `
      initialize(address,string,string)
    `,
    OnlyAssetManager: `
      upgradeTo(address) upgradeToAndCall(address,bytes)
    `,
    OnlyCollateralPool: `
      burn(address,uint256,bool) mint(address,uint256)
    `,
    [ANYBODY]: `
      approve(address,uint256) cleanupExpiredTimelocks(address,uint256) decreaseAllowance(address,uint256)
      increaseAllowance(address,uint256) transfer(address,uint256) transferFrom(address,address,uint256)
    `,
  },
  priceReader: {
    GovernedAlreadyInitialized: `
      initialize(address,address,address,uint64,uint8,uint8)
    `,
    OnlyAddressUpdater: `
      updateContractAddresses(bytes32[],address[])
    `,
    OnlyExecutor: `
      executeGovernanceCall(bytes)
    `,
    OnlyGovernance: `
      cancelGovernanceCall(bytes) setMinTurnoutBIPS(uint16) setTrustedProviders(address[],uint8)
      switchToProductionMode() updateSettings(bytes21[],string[],int8[],uint16,uint16) upgradeTo(address)
      upgradeToAndCall(address,bytes) updateSettings(bytes21[],string[],int8[],uint16)
    `,
    OnlyTrustedProvider: `
      submitTrustedPrices(uint32,(bytes21,uint32,int8)[])
    `,
    [ANYBODY]: `
      publishPrices((bytes32[],(uint32,bytes21,int32,uint16,int8))[])
    `,
  },
};
