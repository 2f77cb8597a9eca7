// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICoreVaultClient} from "@flarenetwork/flare-periphery-contracts/coston2/ICoreVaultClient.sol";
import {IXRPPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPayment.sol";
import {CoreVault} from "../library/CoreVault.sol";
import {Facet} from "../library/Facet.sol";
import {Proofs} from "../library/Proofs.sol";
import {References} from "../library/References.sol";
import {Store} from "../library/Store.sol";
import {ExtraSettings, State} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// Redemption from the core vault, and gifts to it. Agents' transfers to it and returns from it are not built.
contract CoreVaultFacet is Facet {
    using SafeCast for uint256;
    using Units for uint256;

    error RequestedAmountTooSmall();
    error InvalidReceivingAddress();
    error NotACoreVaultDonation();
    error MemoDataNotAllowed();
    error AmountNotPositive();

    modifier onlyEnabled() {
        require(CoreVault.isEnabled(), CoreVault.CoreVaultNotEnabled());
        _;
    }

    /// At least the minimum number of lots, or all there are. No record is kept: the payment comes by instruction.
    function redeemFromCoreVault(
        uint256 lots,
        string memory redeemerUnderlyingAddress
    ) external onlyEnabled notPaused nonReentrant {
        State storage state = Store.get();
        (, uint256 availableUba) = CoreVault.availableUba();
        uint256 availableLots = availableUba.amg() / state.settings.lotSizeAMG;
        require(lots >= Math.min(state.extra.coreVaultMinimumRedeemLots, availableLots), RequestedAmountTooSmall());
        uint256 valueUba = (lots * state.settings.lotSizeAMG).uba();
        Store.fAsset().burn(msg.sender, valueUba);
        uint256 feeUba = valueUba.bips(state.extra.coreVaultRedemptionFeeBIPS);
        state.lastCoreVaultRedemptionId += References.randomIdStep();
        bytes32 paymentReference = CoreVault.manager().requestTransferFromCoreVault(
            redeemerUnderlyingAddress,
            References.redemptionFromCoreVault(state.lastCoreVaultRedemptionId),
            (valueUba - feeUba).toUint128(),
            false
        );
        emit ICoreVaultClient.CoreVaultRedemptionRequested(
            msg.sender,
            redeemerUnderlyingAddress,
            paymentReference,
            valueUba,
            feeUba
        );
    }

    function confirmCoreVaultDonation(
        IXRPPayment.Proof calldata payment
    ) external onlyEnabled notPaused nonReentrant {
        Proofs.requireSuccessfulXrpPayment(payment);
        Proofs.requireProofOwner(payment.data.requestBody.proofOwner);
        IXRPPayment.ResponseBody calldata paid = payment.data.responseBody;
        require(paid.receivingAddressHash == CoreVault.addressHash(), InvalidReceivingAddress());
        require(
            paid.hasDestinationTag && paid.destinationTag == _settings().coreVaultDonationTag,
            NotACoreVaultDonation()
        );
        require(!paid.hasMemoData, MemoDataNotAllowed());
        require(paid.receivedAmount > 0, AmountNotPositive());
        bytes32 transactionId = payment.data.requestBody.transactionId;
        Underlying.useIncoming(transactionId);
        CoreVault.manager().confirmPayment(transactionId, paid.receivedAmount);
        emit ICoreVaultClient.CoreVaultFundsAdded(uint256(paid.receivedAmount));
    }

    function coreVaultAvailableAmount()
        external
        view
        returns (uint256 _immediatelyAvailableUBA, uint256 _totalAvailableUBA)
    {
        return CoreVault.availableUba();
    }

    function getCoreVaultManager() external view returns (address) {
        return _settings().coreVaultManager;
    }

    function getCoreVaultNativeAddress() external view returns (address) {
        return _settings().coreVaultNativeAddress;
    }

    function getCoreVaultDonationTag() external view returns (uint256) {
        return _settings().coreVaultDonationTag;
    }

    function getCoreVaultTransferTimeExtensionSeconds() external view returns (uint256) {
        return _settings().coreVaultTransferTimeExtensionSeconds;
    }

    function getCoreVaultTransferDefaultPenaltyBIPS() external view returns (uint256) {
        return _settings().coreVaultTransferDefaultPenaltyBIPS;
    }

    function getCoreVaultRedemptionFeeBIPS() external view returns (uint256) {
        return _settings().coreVaultRedemptionFeeBIPS;
    }

    function getCoreVaultMinimumAmountLeftBIPS() external view returns (uint256) {
        return _settings().coreVaultMinimumAmountLeftBIPS;
    }

    function getCoreVaultMinimumRedeemLots() external view returns (uint256) {
        return _settings().coreVaultMinimumRedeemLots;
    }

    function _settings() private view returns (ExtraSettings storage) {
        return Store.get().extra;
    }
}
