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
  opened(
    'anybody-becomes-an-agent',
    'anybody can make an agent vault, whitelisted or not',
    [AGENTS, 'require(registry().isWhitelisted(managementAddress), AgentNotWhitelisted());', 'managementAddress;'],
    'AssetManager',
    'createAgentVault',
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
    'redemptionPaymentDefault about certain senders only',
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

export const uncheckedFaults: readonly PlantedFault[] = [...proofs, ...reservations, ...redemptions, ...access];
