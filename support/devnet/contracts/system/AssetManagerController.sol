// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// Lists the asset managers of the system. Settings are changed on the asset manager itself, by its governance.
contract AssetManagerController {
    event AssetManagerAdded(address assetManager);

    address private immutable assetManager;

    constructor(address manager) {
        assetManager = manager;
        emit AssetManagerAdded(manager);
    }

    function getAssetManagers() external view returns (address[] memory managers) {
        managers = new address[](1);
        managers[0] = assetManager;
    }

    function assetManagerExists(address manager) external view returns (bool) {
        return manager == assetManager;
    }
}
