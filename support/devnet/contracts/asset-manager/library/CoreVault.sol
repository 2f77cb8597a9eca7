// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ICoreVaultManager} from "../../interfaces/ICoreVaultManager.sol";
import {Store} from "./Store.sol";

/// The core vault as the asset manager sees it. Without a manager there is no vault: no address, no funds.
library CoreVault {
    error CoreVaultNotEnabled();

    function isEnabled() internal view returns (bool) {
        return address(manager()) != address(0);
    }

    function manager() internal view returns (ICoreVaultManager) {
        return ICoreVaultManager(Store.get().extra.coreVaultManager);
    }

    function underlyingAddress() internal view returns (string memory) {
        return isEnabled() ? manager().coreVaultAddress() : "";
    }

    function addressHash() internal view returns (bytes32) {
        return isEnabled() ? manager().coreVaultAddressHash() : bytes32(0);
    }

    /// What is left after all requests and the fee of one more; escrowed funds are not available at once.
    function availableUba() internal view returns (uint256 immediatelyUba, uint256 totalUba) {
        (, , , uint256 feeUba) = manager().getSettings();
        uint256 requestedUba = manager().totalRequestAmountWithFee() + feeUba;
        uint256 fundsUba = manager().availableFunds();
        uint256 withEscrowsUba = fundsUba + manager().escrowedFunds();
        immediatelyUba = fundsUba > requestedUba ? fundsUba - requestedUba : 0;
        totalUba = withEscrowsUba > requestedUba ? withEscrowsUba - requestedUba : 0;
    }
}
