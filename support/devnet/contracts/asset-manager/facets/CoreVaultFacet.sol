// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Facet} from "../library/Facet.sol";
import {Store} from "../library/Store.sol";
import {ExtraSettings} from "../library/Types.sol";

/// The core vault of a system that has none set, which is a state of the real contracts too: settings can be read, the
/// vault holds nothing, and every action is refused.
contract CoreVaultFacet is Facet {
    error CoreVaultNotEnabled();

    function transferToCoreVault(address, uint256) external pure {
        revert CoreVaultNotEnabled();
    }

    function requestReturnFromCoreVault(address, uint256) external pure {
        revert CoreVaultNotEnabled();
    }

    function cancelReturnFromCoreVault(address) external pure {
        revert CoreVaultNotEnabled();
    }

    function redeemFromCoreVault(uint256, string memory) external pure {
        revert CoreVaultNotEnabled();
    }

    function coreVaultAvailableAmount()
        external
        pure
        returns (uint256 _immediatelyAvailableUBA, uint256 _totalAvailableUBA)
    {
        return (0, 0);
    }

    function getCoreVaultManager() external pure returns (address) {
        return address(0);
    }

    function getCoreVaultNativeAddress() external pure returns (address) {
        return address(0);
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
