// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDirectMinting} from "@flarenetwork/flare-periphery-contracts/coston2/IDirectMinting.sol";
import {IXRPPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPayment.sol";
import {IMintingTags} from "../../interfaces/IMintingTags.sol";
import {ISmartAccountManager} from "../../interfaces/ISmartAccountManager.sol";
import {CoreVault} from "../library/CoreVault.sol";
import {Facet} from "../library/Facet.sol";
import {Proofs} from "../library/Proofs.sol";
import {RateLimits} from "../library/RateLimits.sol";
import {References} from "../library/References.sol";
import {Reservations} from "../library/Reservations.sol";
import {Store} from "../library/Store.sol";
import {DelayedMinting, ExtraSettings, RateWindow, State} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// Minting without an agent: a payment to the core vault becomes FAssets for whom the payment names.
contract DirectMintingFacet is Facet {
    using RateLimits for RateWindow;
    using Units for uint256;

    error InvalidReceivingAddress();
    error AmountNotPositive();
    error MissingMintingTagManager();
    error MissingSmartAccountManager();
    error PaymentIsCoreVaultDonation();
    error ForbiddenPaymentReference();
    error InvalidExecutor();
    error NoValueExpected();
    error DirectMintingStillDelayed(uint256 allowedAt);
    error DirectMintingNotDelayed();
    error DirectMintingNotUnblocked();

    struct Target {
        /// Zero: the smart account manager.
        address recipient;
        /// Zero: anybody.
        address executor;
    }

    struct Fees {
        bool tooSmall;
        uint256 mintingUba;
        uint256 executorUba;
    }

    bytes8 private constant EXTENDED_MEMO = 0x4642505266410021;
    uint256 private constant EXTENDED_MEMO_LENGTH = 48;

    /// May only register a delay instead of minting; then it is to be repeated when the delay is over.
    function executeDirectMinting(
        IXRPPayment.Proof calldata payment
    ) external payable onlyAttached notPaused nonReentrant {
        Proofs.requireSuccessfulXrpPayment(payment);
        Proofs.requireProofOwner(payment.data.requestBody.proofOwner);
        IXRPPayment.ResponseBody calldata paid = payment.data.responseBody;
        bytes32 transactionId = payment.data.requestBody.transactionId;
        require(paid.receivingAddressHash == CoreVault.addressHash(), InvalidReceivingAddress());
        require(paid.receivedAmount > 0, AmountNotPositive());
        require(_settings().mintingTagManager != address(0), MissingMintingTagManager());
        require(_settings().smartAccountManager != address(0), MissingSmartAccountManager());
        _requireNotForAnotherUse(paid);
        Target memory target = _target(paid);
        require(
            target.executor == address(0) ||
                target.executor == msg.sender ||
                _othersMayExecute(transactionId, paid.blockTimestamp),
            InvalidExecutor()
        );
        Underlying.requireUnused(transactionId);
        uint256 receivedUba = uint256(paid.receivedAmount);
        if (_isDelayed(transactionId, receivedUba)) return;
        Underlying.useIncoming(transactionId);
        CoreVault.manager().confirmPayment(transactionId, paid.receivedAmount);
        Store.get().totalReservedAmg -= receivedUba.amg();
        _mintAll(payment, target, receivedUba);
    }

    /// Governance has unblocked mintings delayed before a time; this makes it known for one of them.
    function markUnblockedDirectMintingAllowed(bytes32 transactionId) external {
        DelayedMinting storage delayed = Store.get().delayedMintings[transactionId];
        require(delayed.allowedAt > block.timestamp, DirectMintingNotDelayed());
        require(delayed.startedAt < Store.get().directMintingsUnblockedUntil, DirectMintingNotUnblocked());
        delayed.allowedAt = Store.get().directMintingsUnblockedAt;
    }

    function directMintingPaymentAddress() external view returns (string memory) {
        return CoreVault.underlyingAddress();
    }

    function directMintingDelayState(
        bytes32 transactionId
    )
        external
        view
        returns (IDirectMinting.DirectMintingDelayState _delayState, uint256 _allowedAt, uint256 _startedAt)
    {
        DelayedMinting storage delayed = Store.get().delayedMintings[transactionId];
        _allowedAt = delayed.allowedAt;
        _startedAt = delayed.startedAt;
        if (_allowedAt == 0) _delayState = IDirectMinting.DirectMintingDelayState.NotDelayed;
        else if (_isReleased(delayed)) _delayState = IDirectMinting.DirectMintingDelayState.Released;
        else _delayState = IDirectMinting.DirectMintingDelayState.Delayed;
    }

    /// Room under the cap is reserved at the first call and kept through a delay.
    function _isDelayed(bytes32 transactionId, uint256 receivedUba) private returns (bool) {
        State storage state = Store.get();
        DelayedMinting storage delayed = state.delayedMintings[transactionId];
        if (delayed.allowedAt != 0) {
            require(_isReleased(delayed), DirectMintingStillDelayed(delayed.allowedAt));
            return false;
        }
        uint256 amountAmg = receivedUba.amg();
        Reservations.requireBelowCap(amountAmg);
        state.totalReservedAmg += amountAmg;
        if (amountAmg >= _settings().directMintingLargeThresholdUba.amg()) {
            uint256 largeAllowedAt = block.timestamp + _settings().directMintingLargeDelaySeconds;
            state.delayedMintings[transactionId] = DelayedMinting(block.timestamp, largeAllowedAt);
            emit IDirectMinting.LargeDirectMintingDelayed(transactionId, receivedUba, largeAllowedAt);
            return true;
        }
        (bool limitReached, uint256 allowedAt) = _countAgainstLimits(amountAmg);
        if (!limitReached) return false;
        state.delayedMintings[transactionId] = DelayedMinting(block.timestamp, allowedAt);
        emit IDirectMinting.DirectMintingDelayed(transactionId, receivedUba, allowedAt);
        return true;
    }

    function _countAgainstLimits(uint256 amountAmg) private returns (bool limitReached, uint256 allowedAt) {
        RateWindow storage hour = Store.get().hourlyDirectMinting;
        RateWindow storage day = Store.get().dailyDirectMinting;
        uint256 hourlyAmg = _settings().directMintingHourlyLimitUba.amg();
        uint256 dailyAmg = _settings().directMintingDailyLimitUba.amg();
        uint256 allowedByHour = hour.count(1 hours, hourlyAmg, amountAmg);
        uint256 allowedByDay = day.count(1 days, dailyAmg, amountAmg);
        return (hour.isReached(hourlyAmg) || day.isReached(dailyAmg), Math.max(allowedByHour, allowedByDay));
    }

    function _mintAll(IXRPPayment.Proof calldata payment, Target memory target, uint256 receivedUba) private {
        Fees memory fees = _fees(receivedUba);
        _mint(_settings().directMintingFeeReceiver, fees.mintingUba);
        if (!fees.tooSmall && target.recipient == address(0)) {
            _mintToSmartAccount(payment, receivedUba, fees.mintingUba);
            return;
        }
        require(msg.value == 0, NoValueExpected());
        bytes32 transactionId = payment.data.requestBody.transactionId;
        if (fees.tooSmall) {
            uint256 minimumUba = _settings().directMintingMinimumFeeUba;
            emit IDirectMinting.DirectMintingPaymentTooSmallForFee(transactionId, receivedUba, minimumUba);
            return;
        }
        uint256 mintedUba = receivedUba - fees.mintingUba - fees.executorUba;
        _mint(target.recipient, mintedUba);
        _mint(msg.sender, fees.executorUba);
        emit IDirectMinting.DirectMintingExecuted(
            transactionId,
            target.recipient,
            msg.sender,
            mintedUba,
            fees.mintingUba,
            fees.executorUba
        );
    }

    /// The smart account manager pays the executor itself.
    function _mintToSmartAccount(
        IXRPPayment.Proof calldata payment,
        uint256 receivedUba,
        uint256 mintingFeeUba
    ) private {
        IXRPPayment.ResponseBody calldata paid = payment.data.responseBody;
        bytes32 transactionId = payment.data.requestBody.transactionId;
        ISmartAccountManager smartAccounts = ISmartAccountManager(_settings().smartAccountManager);
        bytes memory memo = paid.hasMemoData ? paid.firstMemoData : bytes("");
        uint256 mintedUba = receivedUba - mintingFeeUba;
        _mint(address(smartAccounts), mintedUba);
        smartAccounts.mintedFAssets{value: msg.value}(
            transactionId,
            paid.sourceAddress,
            mintedUba,
            paid.blockTimestamp,
            memo,
            payable(msg.sender)
        );
        emit IDirectMinting.DirectMintingExecutedToSmartAccount(
            transactionId,
            paid.sourceAddress,
            msg.sender,
            mintedUba,
            mintingFeeUba,
            memo
        );
    }

    function _mint(address receiver, uint256 amountUba) private {
        if (amountUba > 0) Store.fAsset().mint(receiver, amountUba);
    }

    /// The system's fee comes first, the executor gets from what is left.
    function _fees(uint256 receivedUba) private view returns (Fees memory fees) {
        ExtraSettings storage settings = _settings();
        uint256 minimumUba = settings.directMintingMinimumFeeUba;
        uint256 dueUba = Math.max(receivedUba.bips(settings.directMintingFeeBIPS), minimumUba);
        fees.tooSmall = receivedUba < minimumUba;
        fees.mintingUba = Math.min(dueUba, receivedUba);
        fees.executorUba = Math.min(settings.directMintingExecutorFeeUba, receivedUba - fees.mintingUba);
    }

    /// A registered tag wins over the memo.
    function _target(IXRPPayment.ResponseBody calldata paid) private view returns (Target memory) {
        if (paid.hasDestinationTag) {
            IMintingTags mintingTags = IMintingTags(_settings().mintingTagManager);
            address recipient = mintingTags.mintingRecipient(paid.destinationTag);
            if (recipient != address(0)) return Target(recipient, mintingTags.allowedExecutor(paid.destinationTag));
        }
        if (!paid.hasMemoData) return Target(address(0), address(0));
        bytes calldata memo = paid.firstMemoData;
        if (memo.length == 32) return Target(References.directMintingTarget(bytes32(memo)), address(0));
        if (memo.length == EXTENDED_MEMO_LENGTH && bytes8(memo[0:8]) == EXTENDED_MEMO) {
            address target = address(bytes20(memo[8:28]));
            if (target != address(0)) return Target(target, address(bytes20(memo[28:48])));
        }
        return Target(address(0), address(0));
    }

    function _requireNotForAnotherUse(IXRPPayment.ResponseBody calldata paid) private view {
        bool isDonation = paid.hasDestinationTag && paid.destinationTag == _settings().coreVaultDonationTag;
        require(!isDonation, PaymentIsCoreVaultDonation());
        bool hasReference = paid.hasMemoData && paid.firstMemoData.length == 32;
        // an agent's transfer to the core vault carries a redemption reference
        require(!hasReference || !References.isRedemption(bytes32(paid.firstMemoData)), ForbiddenPaymentReference());
    }

    /// A named executor has the minting to itself for a while.
    function _othersMayExecute(bytes32 transactionId, uint256 paymentTimestamp) private view returns (bool) {
        uint256 waitS = _settings().directMintingOthersCanExecuteAfterSeconds;
        DelayedMinting storage delayed = Store.get().delayedMintings[transactionId];
        if (delayed.allowedAt == 0) return Store.get().clock.blockTimestamp >= paymentTimestamp + waitS;
        return block.timestamp >= delayed.allowedAt + waitS;
    }

    function _isReleased(DelayedMinting storage delayed) private view returns (bool) {
        return
            block.timestamp >= delayed.allowedAt || delayed.startedAt < Store.get().directMintingsUnblockedUntil;
    }

    function _settings() private view returns (ExtraSettings storage) {
        return Store.get().extra;
    }
}
