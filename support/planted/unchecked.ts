/** Checks that are missing or moved by one, which no user's ordinary act meets: probes find them (protocol facts 2 to 6). */
import { type PlantedFault, metBy } from './planted-fault.ts';

const PROOFS = 'asset-manager/library/Proofs.sol';
const MINTING = 'asset-manager/facets/MintingFacet.sol';
const MINTING_DEFAULT = 'asset-manager/facets/MintingDefaultFacet.sol';

/** The fault of a file in which something is written otherwise, and the probe that tells of it. */
function changed(
  name: string,
  story: string,
  [file, find, replace]: readonly [string, string, string],
  probe: string | readonly string[],
  steps = 1,
): PlantedFault {
  const probes = typeof probe === 'string' ? [probe] : probe;
  return { name, story, patches: [{ file, find, replace }], check: probes.map((one) => `probe: ${one}`), steps };
}

const FORGED = 'with a proof that the FDC does not know';

const proofs: readonly PlantedFault[] = [
  changed(
    'payment-not-verified',
    'the FDC is not asked whether it knows a payment',
    [PROOFS, 'require(_fdc().verifyPayment(proof), LegalPaymentNotProven());', ''],
    'executeMinting with a forged merkleProof',
    2,
  ),
  changed(
    'non-payment-not-verified',
    'the FDC is not asked whether it knows that nothing was paid',
    [PROOFS, 'require(_fdc().verifyReferencedPaymentNonexistence(proof), NonPaymentNotProven());', ''],
    'redemptionPaymentDefault with a forged merkleProof',
    3,
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
    'executeMinting with a forged sourceId',
    2,
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
    'executeMinting with a forged responseBody.status',
    2,
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
  metBy(
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
    2,
    'balance of fAsset',
  ),
  metBy(
    changed(
      'executor-fee-burned-at-execution',
      "an executor's fee is burned although they execute or default themselves",
      [
        'asset-manager/library/Payouts.sol',
        'if (msg.sender == executor) wrapped(executor, feeWei);',
        'if (executor == address(0)) return;',
      ],
      'wrapped native of the executor after they executed',
    ),
    2,
    'balance of wNat',
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

/** The fault that anybody may call what only some may. */
const opened = (
  name: string,
  story: string,
  patch: readonly [file: string, find: string, replace: string],
  contract: string,
  ...functions: readonly string[]
): PlantedFault =>
  changed(
    name,
    story,
    patch,
    functions.map((one) => `a stranger's ${contract}.${one}`),
  );

const FASSET = 'tokens/FAssetToken.sol';
const POOL = 'pool/CollateralPool.sol';
const POOL_TOKEN = 'pool/CollateralPoolToken.sol';
const VAULT = 'vault/AgentVault.sol';
const FACET = 'asset-manager/library/Facet.sol';
const AGENTS = 'asset-manager/library/Agents.sol';

const access: readonly PlantedFault[] = [
  opened(
    'anybody-mints',
    'anybody can mint FAssets to anybody',
    [
      FASSET,
      'function mint(address owner, uint256 amount) external onlyAssetManager',
      'function mint(address owner, uint256 amount) external',
    ],
    'FAsset',
    'mint',
  ),
  opened(
    'anybody-burns',
    'anybody can burn FAssets of anybody',
    [
      FASSET,
      'function burn(address owner, uint256 amount) external onlyAssetManager',
      'function burn(address owner, uint256 amount) external',
    ],
    'FAsset',
    'burn',
  ),
  opened(
    'anybody-takes-pool-collateral',
    "anybody can have a pool's collateral paid out",
    [
      POOL,
      'uint256 agentResponsibilityWei\n    ) external onlyAssetManager nonReentrant',
      'uint256 agentResponsibilityWei\n    ) external nonReentrant',
    ],
    'CollateralPool',
    'payout',
  ),
  opened(
    'anybody-books-pool-fees',
    'anybody can book fees into a pool that never came',
    [
      POOL,
      'function fAssetFeeDeposited(uint256 amountUba) external onlyAssetManager',
      'function fAssetFeeDeposited(uint256 amountUba) external',
    ],
    'CollateralPool',
    'fAssetFeeDeposited',
  ),
  opened(
    'anybody-sets-exit-ratio',
    "anybody can set a pool's exit ratio",
    [
      POOL,
      'function setExitCollateralRatioBIPS(uint256 value) external onlyAssetManager',
      'function setExitCollateralRatioBIPS(uint256 value) external',
    ],
    'CollateralPool',
    'setExitCollateralRatioBIPS',
  ),
  opened(
    'anybody-destroys-pools',
    'anybody can destroy an empty pool and take what is left',
    [
      POOL,
      'function destroy(address payable recipient) external onlyAssetManager',
      'function destroy(address payable recipient) external',
    ],
    'CollateralPool',
    'destroy',
  ),
  opened(
    'anybody-mints-pool-tokens',
    'anybody can mint pool tokens',
    [
      POOL_TOKEN,
      'external onlyCollateralPool returns (uint256 timelockExpiresAt)',
      'external returns (uint256 timelockExpiresAt)',
    ],
    'CollateralPoolToken',
    'mint',
  ),
  opened(
    'anybody-burns-pool-tokens',
    'anybody can burn pool tokens of anybody',
    [POOL_TOKEN, 'bool ignoreTimelocks) external onlyCollateralPool', 'bool ignoreTimelocks) external'],
    'CollateralPoolToken',
    'burn',
  ),
  opened(
    'anybody-takes-vault-collateral',
    "anybody can have an agent's vault pay out",
    [VAULT, 'uint256 amount) external onlyAssetManager', 'uint256 amount) external'],
    'AgentVault',
    'payout',
  ),
  opened(
    'anybody-owns-vaults',
    "anybody acts as the owner of an agent's vault",
    [VAULT, 'require(isOwner(msg.sender), OnlyOwner());', 'assetManager;'],
    'AgentVault',
    'buyCollateralPoolTokens',
    'depositCollateral',
  ),
  opened(
    'anybody-sets-settings',
    'anybody can set the settings of the asset manager',
    [FACET, 'require(msg.sender == Store.settings().assetManagerController, OnlyAssetManagerController());', ''],
    'AssetManager',
    'setCollateralRatiosForToken',
    'emergencyPause',
  ),
  opened(
    'anybody-governs',
    'anybody can set what only governance may',
    [FACET, 'require(msg.sender == Store.get().governance, OnlyGovernance());', ''],
    'AssetManager',
    'setDirectMintingFee',
  ),
  opened(
    'anybody-controls',
    'anybody acts as governance of the controller and the core vault',
    ['system/Governed.sol', 'require(msg.sender == governance, OnlyGovernance());', ''],
    'AssetManagerController',
    'pauseMinting',
  ),
  opened(
    'anybody-pauses',
    'anybody can pause the whole system',
    [
      'system/AssetManagerController.sol',
      'require(msg.sender == governance, OnlyGovernanceOrEmergencyPauseSenders());',
      '',
    ],
    'AssetManagerController',
    'cancelEmergencyPause',
  ),
  opened(
    'anybody-whitelists',
    'anybody can whitelist agents and revoke them',
    ['system/AgentOwnerRegistry.sol', 'require(msg.sender == governance, OnlyGovernanceOrManager());', ''],
    'AgentOwnerRegistry',
    'revokeAddress',
    'whitelistAndDescribeAgent',
  ),
  opened(
    'anybody-moves-the-core-vault',
    'anybody acts as the asset manager to the core vault',
    ['system/CoreVaultManager.sol', 'require(msg.sender == assetManager, OnlyAssetManager());', ''],
    'CoreVaultManager',
    'confirmPayment',
    'requestTransferFromCoreVault',
  ),
  opened(
    'anybody-triggers-the-core-vault',
    'anybody can have the core vault pay what is asked for',
    ['system/CoreVaultManager.sol', 'require(msg.sender == governance, NotAuthorized());', ''],
    'CoreVaultManager',
    'triggerInstructions',
  ),
  opened(
    'anybody-consolidates-tickets',
    'anybody can split the tickets of the queue again',
    [
      'asset-manager/facets/RedemptionQueueFacet.sol',
      'require(msg.sender == Store.get().governance, OnlyImmediateGovernanceOrExecutor());',
      '',
    ],
    'AssetManager',
    'consolidateSmallTickets',
  ),
  opened(
    'anybody-redeems-from-an-agent',
    'anybody can redeem from an agent of their choice, as only pools may',
    [AGENTS, 'require(msg.sender == address(agent.pool), OnlyCollateralPool());', 'agent.pool;'],
    'AssetManager',
    'redeemFromAgent',
    'redeemFromAgentInCollateral',
  ),
  metBy(
    opened(
      'anybody-becomes-an-agent',
      'anybody can make an agent vault, whitelisted or not',
      [AGENTS, 'require(registry().isWhitelisted(managementAddress), AgentNotWhitelisted());', 'managementAddress;'],
      'AssetManager',
      'createAgentVault',
    ),
    1,
    'probe: reserveCollateral with an agent that is not whitelisted any more',
  ),
];

const CONFIRMATION = 'asset-manager/facets/RedemptionConfirmationFacet.sol';
const DEFAULT = 'asset-manager/facets/RedemptionDefaultFacet.sol';

const redemptions: readonly PlantedFault[] = [
  changed(
    'default-not-verified-by-xrp-proof',
    'the FDC is not asked whether it knows that no XRP was paid',
    [PROOFS, 'require(_fdc().verifyXRPPaymentNonexistence(proof), NonPaymentNotProven());', ''],
    `xrpRedemptionPaymentDefault ${FORGED}`,
  ),
  changed(
    'xrp-payment-not-verified',
    'the FDC is not asked whether it knows a payment with memo and tag',
    [PROOFS, 'require(_fdc().verifyXRPPayment(proof), LegalPaymentNotProven());', ''],
    `confirmXRPRedemptionPayment ${FORGED}`,
  ),
  changed(
    'address-validity-not-verified',
    'the FDC is not asked whether it knows that an address is none',
    [PROOFS, 'require(_fdc().verifyAddressValidity(proof), AddressValidityNotProven());', ''],
    `rejectInvalidRedemption ${FORGED}`,
  ),
  changed(
    'proof-of-anybody',
    'a proof that was made for somebody is taken from anybody',
    [PROOFS, 'require(proofOwner == address(0) || proofOwner == msg.sender, OnlyProofOwner());', 'proofOwner;'],
    "confirmXRPRedemptionPayment with somebody else's proof",
  ),
  changed(
    'short-payment-confirmed',
    'a payment that is short by up to a tenth is confirmed',
    [
      CONFIRMATION,
      'facts.intendedReceivedUba < Redemptions.dueUba(request).toInt256()',
      'facts.intendedReceivedUba < ((Redemptions.dueUba(request) * 9) / 10).toInt256()',
    ],
    ['confirmRedemptionPayment with a payment one drop short', 'confirmRedemptionPayment with a payment a tenth short'],
  ),
  changed(
    'payment-to-anybody-confirmed',
    'a payment to whomever is confirmed',
    [CONFIRMATION, 'facts.intendedReceiverHash != request.underlyingAddressHash', 'facts.intendedReceiverHash == 0'],
    'confirmRedemptionPayment with a payment to somebody else',
  ),
  changed(
    'any-reference-confirmed',
    'a payment of another reference is confirmed',
    [
      CONFIRMATION,
      'require(facts.paymentReference == References.redemption(id), InvalidRedemptionReference());',
      'id;',
    ],
    'confirmRedemptionPayment with a payment of another reference',
  ),
  changed(
    'foreign-payment-confirmed',
    "somebody else's payment is confirmed as the agent's",
    [
      CONFIRMATION,
      'require(facts.sourceAddressHash == agent.underlyingAddressHash, SourceNotAgentsUnderlyingAddress());',
      '',
    ],
    "confirmRedemptionPayment with somebody else's payment",
  ),
  changed(
    'older-payment-confirmed',
    'a payment of the block before the request is confirmed',
    [
      CONFIRMATION,
      'facts.blockNumber >= request.firstUnderlyingBlock, RedemptionPaymentTooOld',
      'facts.blockNumber + 1 >= request.firstUnderlyingBlock, RedemptionPaymentTooOld',
    ],
    'confirmRedemptionPayment with a payment one block before the request',
  ),
  changed(
    'payment-to-oneself-confirmed',
    "an agent's payment to itself is taken as one that failed",
    [
      CONFIRMATION,
      'require(facts.intendedReceiverHash != agent.underlyingAddressHash, InvalidReceivingAddressSelected());',
      '',
    ],
    "confirmRedemptionPayment with a payment to the agent's own address",
  ),
  changed(
    'late-payment-confirmed',
    'a payment one second after both deadlines is confirmed',
    [
      CONFIRMATION,
      'facts.blockTimestamp > request.lastUnderlyingTimestamp',
      'facts.blockTimestamp > request.lastUnderlyingTimestamp + 1',
    ],
    'confirmRedemptionPayment with a payment one block and one second late',
  ),
  changed(
    'payment-late-by-block-alone',
    'a payment in time, but in a later block, counts as late',
    [
      CONFIRMATION,
      `facts.blockNumber > request.lastUnderlyingBlock &&
            facts.blockTimestamp > request.lastUnderlyingTimestamp`,
      'facts.blockNumber > request.lastUnderlyingBlock',
    ],
    'confirmRedemptionPayment with a payment in the last second, but a later block',
  ),
  changed(
    'any-tag-confirmed',
    'a payment with another tag than the redeemer requires is confirmed',
    [CONFIRMATION, 'if (facts.tag != request.destinationTag) return "incorrect destination tag";', ''],
    'confirmXRPRedemptionPayment of a tagged redemption with the next tag',
  ),
  changed(
    'no-tag-confirmed',
    'a payment without the tag that the redeemer requires is confirmed',
    [
      CONFIRMATION,
      `if (!facts.hasTag) return "destination tag required but not present";
            if (facts.tag`,
      'if (facts.hasTag && facts.tag',
    ],
    'confirmXRPRedemptionPayment of a tagged redemption without a tag',
  ),
  changed(
    'confirmed-by-anybody',
    "anybody can confirm a payment at once, and is paid for it by the agent's vault",
    [CONFIRMATION, 'require(isAgent || _othersMayConfirm(request), Agents.OnlyAgentVaultOwner());', ''],
    'confirmRedemptionPayment by a stranger',
  ),
  changed(
    'confirmed-by-others-a-second-early',
    "others can confirm in the last second of the agent's time",
    [CONFIRMATION, 'block.timestamp > request.timestamp +', 'block.timestamp >= request.timestamp +'],
    "confirmRedemptionPayment by others in the last second of the agent's time",
  ),
  changed(
    'valid-address-rejected',
    'an agent can reject a redemption to a valid address',
    [
      CONFIRMATION,
      'require(!found.isValid || found.standardAddressHash != request.underlyingAddressHash, AddressValid());',
      'found;',
    ],
    'rejectInvalidRedemption of a valid address',
  ),
  changed(
    'rejected-by-any-address',
    'an agent can reject a redemption with the proof that another address is none',
    [CONFIRMATION, 'require(provenHash == request.underlyingAddressHash, WrongAddress());', 'provenHash;'],
    'rejectInvalidRedemption of another invalid address',
  ),
  changed(
    'default-of-any-reference',
    'a redemption is defaulted although only a payment of another reference is missing',
    [DEFAULT, 'asked.standardPaymentReference == References.redemption(redemptionRequestId) &&', ''],
    'redemptionPaymentDefault about another reference',
  ),
  changed(
    'default-of-certain-senders',
    'a redemption is defaulted although only payments of certain senders are missing',
    [DEFAULT, 'require(!asked.checkSourceAddresses, SourceAddressesNotSupported());', ''],
    'redemptionPaymentDefault with a forged requestBody.checkSourceAddresses',
    3,
  ),
  changed(
    'default-until-the-last-second',
    'a default is taken in the last second of the payment window',
    [
      DEFAULT,
      'overflowTimestamp > request.lastUnderlyingTimestamp',
      'overflowTimestamp >= request.lastUnderlyingTimestamp',
    ],
    'redemptionPaymentDefault until the last second of the window',
  ),
  changed(
    'default-of-any-tag',
    'a redemption without tag is defaulted although only a payment with a tag is missing',
    [DEFAULT, 'asked.checkDestinationTag == request.requiresDestinationTag &&', ''],
    'xrpRedemptionPaymentDefault about a tag',
  ),
  changed(
    'default-of-any-memo',
    'a redemption is defaulted by an XRP proof about any memo',
    [DEFAULT, 'asked.firstMemoDataHash == memoHash &&', 'memoHash != 0 &&'],
    'xrpRedemptionPaymentDefault about another memo',
  ),
  changed(
    'finished-a-second-early',
    'an agent can finish a redemption one second before the attestation window is over',
    [DEFAULT, 'Store.settings().attestationWindowSeconds <=', 'Store.settings().attestationWindowSeconds - 1 <='],
    'finishRedemptionWithoutPayment one second before the attestation window is over',
  ),
  changed(
    'finished-while-the-last-second-counts',
    'an agent can finish a redemption although a payment in its last second could still be proven',
    [
      DEFAULT,
      'height.lowestQueryWindowBlockTimestamp > request.lastUnderlyingTimestamp',
      'height.lowestQueryWindowBlockTimestamp >= request.lastUnderlyingTimestamp',
    ],
    'finishRedemptionWithoutPayment while the last second can be asked about',
  ),
];

const REDEMPTIONS = 'asset-manager/library/Redemptions.sol';
const REQUEST = 'asset-manager/facets/RedemptionRequestFacet.sol';
const UNDERLYING = 'asset-manager/facets/UnderlyingFacet.sol';
const RESERVATION = 'asset-manager/facets/ReservationFacet.sol';
const AVAILABILITY = 'asset-manager/facets/AgentAvailabilityFacet.sol';
const DIRECT = 'asset-manager/facets/DirectMintingFacet.sol';
const COLLATERAL = 'asset-manager/facets/AgentCollateralFacet.sol';
const CREATION = 'asset-manager/facets/AgentVaultFacet.sol';

const requests: readonly PlantedFault[] = [
  changed(
    'address-of-128-characters',
    'a redemption can be asked for to an address of 128 characters',
    [REDEMPTIONS, 'characters.length < ADDRESS_LENGTH_LIMIT', 'characters.length <= ADDRESS_LENGTH_LIMIT'],
    'redeem to an address of 128 characters',
  ),
  changed(
    'address-with-control-characters',
    'a redemption can be asked for to an address with control characters',
    [REDEMPTIONS, 'characters[i] >= " " && characters[i] <= "~"', 'characters[i] <= "~"'],
    'redeem to an address with a control character',
  ),
  changed(
    'address-with-a-deleted-character',
    'a redemption can be asked for to an address with the character beyond the last printable one',
    [REDEMPTIONS, 'characters[i] <= "~"', 'characters[i] <= 0x7F'],
    'redeem to an address with a deleted character',
  ),
  changed(
    'tag-too-big',
    'a redemption can be asked for with a destination tag of 2^32',
    [REQUEST, 'destinationTag <= type(uint32).max', 'destinationTag <= uint256(type(uint32).max) + 1'],
    'redeemWithTag of a tag too big',
  ),
  changed(
    'underlying-clock-goes-back',
    'an older block sets the underlying clock back',
    [
      UNDERLYING,
      `if (blockNumber <= clock.blockNumber && timestamp <= clock.blockTimestamp) return;
        if (blockNumber > clock.blockNumber) clock.blockNumber = blockNumber;`,
      'clock.blockNumber = blockNumber;',
    ],
    'the underlying clock after an older block',
  ),
  changed(
    'stale-update-counts',
    'an update with nothing newer counts as the newest one',
    [UNDERLYING, 'if (blockNumber <= clock.blockNumber && timestamp <= clock.blockTimestamp) return;', ''],
    'the underlying clock after an older block',
  ),
];

const states: readonly PlantedFault[] = [
  changed(
    'minting-pause-ignored',
    'collateral can be reserved while minting is paused',
    [RESERVATION, 'require(Store.get().mintingPausedAt == 0, MintingPaused());', ''],
    'reserveCollateral while minting is paused',
  ),
  changed(
    'detached-manager-works',
    'collateral can be reserved although no controller is attached',
    [FACET, 'require(Store.get().attached, NotAttached());', ''],
    'reserveCollateral while no controller is attached',
  ),
  changed(
    'emergency-pause-ignored',
    'an emergency pause stops nothing in the asset manager',
    [FACET, 'require(Pauses.level() < level, EmergencyPauseActive());', 'level;'],
    'reserveCollateral while operations are paused',
  ),
  changed(
    'emergency-pause-ignored-by-pools',
    'an emergency pause stops nothing in pools',
    [POOL, 'require(assetManager.emergencyPauseLevel() == EmergencyPause.Level.NONE, EmergencyPauseActive());', ''],
    'CollateralPool.enter while operations are paused',
  ),
  changed(
    'transfers-in-an-emergency',
    'FAssets can be transferred while transfers are paused',
    [FASSET, 'require(level < EmergencyPause.Level.FULL_AND_TRANSFER, EmergencyPauseOfTransfersActive());', 'level;'],
    'FAsset.transfer while transfers are paused',
  ),
  changed(
    'pause-ends-a-second-early',
    'an emergency pause is over one second early',
    ['asset-manager/library/Pauses.sol', 'pause.until > block.timestamp', 'pause.until > block.timestamp + 1'],
    'reserveCollateral in the last second of a pause',
  ),
  changed(
    'minting-cap-ignored',
    'collateral can be reserved beyond the minting cap',
    ['asset-manager/library/Reservations.sol', 'require(totalAmg + increaseAmg <= capAmg, MintingCapExceeded());', ''],
    'reserveCollateral beyond the minting cap',
  ),
  changed(
    'minting-cap-not-reached',
    'the last unit up to the minting cap cannot be reserved',
    ['asset-manager/library/Reservations.sol', 'totalAmg + increaseAmg <= capAmg', 'totalAmg + increaseAmg < capAmg'],
    'reserveCollateral up to the minting cap',
  ),
  changed(
    'private-agent-minted-with',
    'collateral can be reserved with an agent that has left the list',
    [
      RESERVATION,
      'agent.availablePosition != 0 || agent.alwaysAllowedMinters.contains(msg.sender),',
      'agent.vault != address(0),',
    ],
    'reserveCollateral with an agent that has left the list',
  ),
  changed(
    'liquidated-agent-minted-with',
    'collateral can be reserved with an agent in liquidation',
    [RESERVATION, 'require(agent.status == AgentInfo.Status.NORMAL, InvalidAgentStatus());', ''],
    'reserveCollateral with an agent in liquidation',
  ),
  changed(
    'revoked-agent-minted-with',
    'collateral can be reserved with an agent that is not whitelisted any more',
    [RESERVATION, 'Agents.requireWhitelisted(agent.ownerManagementAddress);', ''],
    'reserveCollateral with an agent that is not whitelisted any more',
  ),
  changed(
    'left-a-second-early',
    'an agent can leave the list one second early',
    [AVAILABILITY, 'block.timestamp >= agent.exitAvailableAfter', 'block.timestamp + 1 >= agent.exitAvailableAfter'],
    'exitAvailableAgentList one second early',
  ),
  changed(
    'left-unannounced',
    'an agent can leave the list without having announced it',
    [AVAILABILITY, 'require(agent.exitAvailableAfter != 0, ExitNotAnnounced());', ''],
    'exitAvailableAgentList unannounced',
  ),
];

const pools: readonly PlantedFault[] = [
  changed(
    'tokens-free-a-second-early',
    'pool tokens are free one second before their timelock ends',
    [POOL_TOKEN, 'queue.entries[i].endTimeS > block.timestamp)', 'queue.entries[i].endTimeS > block.timestamp + 1)'],
    [
      'CollateralPool.exit one second before the timelock ends',
      'CollateralPoolToken.transfer one second before the timelock ends',
    ],
  ),
  changed(
    'debt-overpaid',
    'more can be paid than the fee debt',
    [
      POOL,
      'SafeCast.toInt256(amountUba) <= fAssetFeeDebtOf[msg.sender]',
      'SafeCast.toInt256(amountUba) <= fAssetFeeDebtOf[msg.sender] + 1',
    ],
    'CollateralPool.payFAssetFeeDebt of one unit too much',
  ),
  changed(
    'debt-payment-of-nothing',
    'a payment of no fee debt at all is not refused',
    [POOL, 'require(amountUba != 0, ZeroFAssetDebtPayment());', ''],
    'CollateralPool.payFAssetFeeDebt of nothing',
  ),
  changed(
    'pool-left-with-dust',
    'an exit can leave a pool a wei less than one token',
    [POOL, 'supplyLeftWei >= MIN_TOKEN_SUPPLY_AFTER_EXIT', 'supplyLeftWei + 1 >= MIN_TOKEN_SUPPLY_AFTER_EXIT'],
    'CollateralPool.exit that leaves a wei less than one coin',
  ),
  changed(
    'invalid-agent-address',
    'an agent can be made with an address that is none',
    [CREATION, 'require(proven.isValid, AddressInvalid());', ''],
    'createAgentVault with an invalid address',
  ),
  changed(
    'agent-address-claimed-twice',
    'two agents can have one underlying address',
    [CREATION, 'require(!state.usedUnderlyingAddresses[proven.standardAddressHash], AddressAlreadyClaimed());', ''],
    "createAgentVault with another agent's address",
  ),
];

const direct: readonly PlantedFault[] = [
  changed(
    'direct-minting-of-any-receiver',
    'a payment to whomever mints directly',
    [DIRECT, 'require(paid.receivingAddressHash == CoreVault.addressHash(), InvalidReceivingAddress());', ''],
    'executeDirectMinting with a payment to somebody else',
  ),
  changed(
    'donation-minted',
    'a donation to the core vault can be minted',
    [DIRECT, 'require(!isDonation, PaymentIsCoreVaultDonation());', 'isDonation;'],
    'executeDirectMinting with a donation',
  ),
  changed(
    'redemption-payment-minted',
    "an agent's transfer to the core vault can be minted",
    [
      DIRECT,
      'require(!hasReference || !References.isRedemption(bytes32(paid.firstMemoData)), ForbiddenPaymentReference());',
      'hasReference;',
    ],
    "executeDirectMinting with a redemption's payment",
  ),
  changed(
    'direct-minting-not-delayed',
    'a large direct minting can be executed one second before its delay is over',
    [DIRECT, 'block.timestamp >= delayed.allowedAt || delayed', 'block.timestamp + 1 >= delayed.allowedAt || delayed'],
    'executeDirectMinting of a large amount one second before its delay is over',
  ),
  changed(
    'direct-minting-by-any-executor',
    'anybody can execute a direct minting that names an executor',
    [DIRECT, 'target.executor == msg.sender ||', 'msg.sender != address(0) ||'],
    'executeDirectMinting by another than it names',
  ),
];

const agents: readonly PlantedFault[] = [
  changed(
    'withdrawn-unannounced',
    'collateral can be withdrawn from a vault without announcement',
    [VAULT, 'if (!destroyed) assetManager.beforeCollateralWithdrawal(token, amount);', ''],
    'AgentVault.withdrawCollateral unannounced',
  ),
  changed(
    'withdrawn-a-second-early',
    'collateral can be withdrawn from a vault one second early',
    [COLLATERAL, 'block.timestamp >= withdrawal.allowedAt', 'block.timestamp + 1 >= withdrawal.allowedAt'],
    'AgentVault.withdrawCollateral one second early',
  ),
  changed(
    'unknown-token-deposited',
    'a vault takes tokens that are no collateral',
    [VAULT, 'require(assetManager.isVaultCollateralToken(token), UnknownToken());', ''],
    'AgentVault.depositCollateral of an unknown token',
  ),
  changed(
    'top-up-of-any-reference',
    'an agent tops up with a payment of any reference',
    [UNDERLYING, 'require(paid.standardPaymentReference == References.topup(agentVault), NotATopupPayment());', ''],
    'confirmTopupPayment of another reference',
  ),
  changed(
    'withdrawal-of-any-source',
    "an underlying withdrawal is confirmed with somebody else's payment",
    [UNDERLYING, 'require(paid.sourceAddressHash == agent.underlyingAddressHash, WrongAnnouncedPaymentSource());', ''],
    'confirmUnderlyingWithdrawal of a payment by somebody else',
  ),
  changed(
    'tag-of-anybody',
    'anybody acts as the owner of a minting tag',
    ['system/MintingTagManager.sol', 'require(ownerOf(tag) == msg.sender, OnlyTagOwner());', 'tag;'],
    'MintingTagManager.setMintingRecipient by a stranger',
  ),
];

const SETTINGS = 'asset-manager/facets/AgentSettingsFacet.sol';

const limits: readonly PlantedFault[] = [
  changed(
    'setting-changed-a-second-early',
    "an agent's new fee counts one second before its timelock is over",
    [SETTINGS, 'pending.validAt <= block.timestamp,', 'pending.validAt <= block.timestamp + 1,'],
    'executeAgentSettingUpdate one second early',
  ),
  changed(
    'self-mint-of-any-reference',
    'an agent mints for itself with a payment of any reference',
    [
      MINTING,
      'require(paid.standardPaymentReference == References.selfMint(agentVault), InvalidSelfMintReference());',
      '',
    ],
    'selfMint of another reference',
  ),
  changed(
    'self-mint-too-cheap',
    'an agent mints for itself with a payment that is short',
    [
      MINTING,
      'require(paid.receivedAmount >= (valueAmg.uba() + poolFeeUba).toInt256(), SelfMintPaymentTooSmall());',
      '',
    ],
    'selfMint with a payment of a lot less a drop',
  ),
  changed(
    'unstuck-for-nothing',
    'an agent unsticks a reservation without paying for the collateral that it takes',
    [
      MINTING_DEFAULT,
      'require(msg.value >= burnedNatWei, NotEnoughFundsProvided());',
      'if (msg.value < burnedNatWei) burnedNatWei = 0;',
    ],
    'unstickMinting without the price of the collateral',
  ),
];

export const uncheckedFaults: readonly PlantedFault[] = [
  ...proofs,
  ...reservations,
  ...redemptions,
  ...requests,
  ...states,
  ...pools,
  ...direct,
  ...agents,
  ...limits,
  ...access,
];
