// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {CollateralReservationInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralReservationInfo.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {RedemptionRequestInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionRequestInfo.sol";
import {ICollateralPool} from "../../interfaces/ICollateralPool.sol";

// The records the asset manager keeps. Amounts of the asset are in AMG (minting granularity units).

struct Withdrawal {
    uint256 amountWei;
    uint256 allowedAt;
}

struct PendingSetting {
    uint256 value;
    uint256 validAt;
}

struct Agent {
    address vault;
    address ownerManagementAddress;
    ICollateralPool pool;
    AgentInfo.Status status;
    string underlyingAddress;
    bytes32 underlyingAddressHash;
    /// Index of its token among the collateral types.
    uint256 vaultCollateralIndex;
    /// Position in the public list, from 1; 0 = not public.
    uint256 availablePosition;
    uint256 allAgentsPosition;
    uint256 feeBIPS;
    uint256 poolFeeShareBIPS;
    uint256 redemptionPoolFeeShareBIPS;
    uint256 mintingVaultCollateralRatioBIPS;
    uint256 mintingPoolCollateralRatioBIPS;
    uint256 buyFAssetByAgentFactorBIPS;
    uint256 reservedAmg;
    uint256 mintedAmg;
    uint256 redeemingAmg;
    /// Part of redeeming that the pool backs too: all but self-close exits.
    uint256 poolRedeemingAmg;
    /// Part of minted that is too small for a ticket.
    uint256 dustAmg;
    int256 underlyingBalanceUba;
    uint256 underlyingBlockAtCreation;
    uint256 underlyingWithdrawalId;
    uint256 underlyingWithdrawalAnnouncedAt;
    /// Leaky bucket of redemption payment time.
    uint256 redemptionTimeExtendedTo;
    uint256 exitAvailableAfter;
    uint256 destroyAllowedAt;
    uint256 liquidationStartedAt;
    Withdrawal vaultCollateralWithdrawal;
    Withdrawal poolTokenWithdrawal;
    mapping(bytes32 => PendingSetting) pendingSettings;
    EnumerableSet.AddressSet alwaysAllowedMinters;
}

struct Reservation {
    address agentVault;
    address minter;
    address executor;
    CollateralReservationInfo.Status status;
    uint256 valueAmg;
    uint256 underlyingFeeUba;
    uint256 poolFeeShareBIPS;
    uint256 reservationFeeNatWei;
    uint256 executorFeeNatWei;
    uint256 firstUnderlyingBlock;
    uint256 lastUnderlyingBlock;
    uint256 lastUnderlyingTimestamp;
}

struct Redemption {
    address agentVault;
    address redeemer;
    address executor;
    RedemptionRequestInfo.Status status;
    bool poolSelfClose;
    bool requiresDestinationTag;
    uint256 destinationTag;
    uint256 valueAmg;
    uint256 valueUba;
    uint256 feeUba;
    uint256 poolFeeShareBIPS;
    uint256 executorFeeNatWei;
    uint256 firstUnderlyingBlock;
    uint256 lastUnderlyingBlock;
    uint256 lastUnderlyingTimestamp;
    uint256 timestamp;
    string underlyingAddress;
    bytes32 underlyingAddressHash;
}

/// Links are ticket ids, 0 = none.
struct Ticket {
    address agentVault;
    uint256 valueAmg;
    uint256 previous;
    uint256 next;
    uint256 previousOfAgent;
    uint256 nextOfAgent;
}

struct QueueEnds {
    uint256 first;
    uint256 last;
}

struct UnderlyingClock {
    uint256 blockNumber;
    uint256 blockTimestamp;
    uint256 updatedAt;
}

struct Pause {
    EmergencyPause.Level level;
    uint256 until;
}

/// Settings that are not part of the official settings structure.
struct ExtraSettings {
    uint256 redemptionPaymentExtensionSeconds;
    uint256 minimumRedeemAmountUba;
    bool redeemWithTagSupported;
    uint256 coreVaultTransferTimeExtensionSeconds;
    uint256 coreVaultTransferDefaultPenaltyBIPS;
    uint256 coreVaultRedemptionFeeBIPS;
    uint256 coreVaultMinimumAmountLeftBIPS;
    uint256 coreVaultMinimumRedeemLots;
    uint256 coreVaultDonationTag;
    address coreVaultManager;
    address coreVaultNativeAddress;
    address mintingTagManager;
    address smartAccountManager;
    address directMintingFeeReceiver;
    uint256 directMintingFeeBIPS;
    uint256 directMintingMinimumFeeUba;
    uint256 directMintingExecutorFeeUba;
    uint256 directMintingOthersCanExecuteAfterSeconds;
    uint256 directMintingHourlyLimitUba;
    uint256 directMintingDailyLimitUba;
    uint256 directMintingLargeThresholdUba;
    uint256 directMintingLargeDelaySeconds;
}

/// What was minted directly in the current hour or day.
struct RateWindow {
    uint256 startS;
    uint256 mintedAmg;
}

struct DelayedMinting {
    uint256 startedAt;
    uint256 allowedAt;
}

struct State {
    address governance;
    AssetManagerSettings.Data settings;
    ExtraSettings extra;
    /// The pool's type (wrapped native) is at index 0.
    CollateralType.Data[] collateralTypes;
    mapping(address => Agent) agents;
    address[] allAgents;
    address[] availableAgents;
    mapping(string => bool) usedPoolTokenSuffixes;
    mapping(bytes32 => bool) usedUnderlyingAddresses;
    mapping(bytes32 => bool) confirmedPayments;
    mapping(uint256 => Reservation) reservations;
    uint256 lastReservationId;
    uint256 totalReservedAmg;
    mapping(uint256 => Redemption) redemptions;
    uint256 lastRedemptionId;
    uint256 lastUnderlyingWithdrawalId;
    mapping(uint256 => Ticket) tickets;
    QueueEnds queue;
    mapping(address => QueueEnds) agentQueues;
    uint256 lastTicketId;
    UnderlyingClock clock;
    uint256 lastCoreVaultRedemptionId;
    RateWindow hourlyDirectMinting;
    RateWindow dailyDirectMinting;
    mapping(bytes32 => DelayedMinting) delayedMintings;
    /// Mintings delayed before this time may be executed at once.
    uint256 directMintingsUnblockedUntil;
    uint256 directMintingsUnblockedAt;
    uint256 mintingPausedAt;
    Pause externalPause;
    Pause governancePause;
    bool attached;
    bool entered;
}
