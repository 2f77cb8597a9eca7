// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {IMintable} from "../../interfaces/IMintable.sol";
import {IWrappedNative} from "../../interfaces/IWrappedNative.sol";
import {State} from "./Types.sol";

/// The one place where all facets keep their state.
library Store {
    bytes32 private constant POSITION = keccak256("fassets-qa.asset-manager");

    function get() internal pure returns (State storage state) {
        bytes32 position = POSITION;
        assembly {
            state.slot := position
        }
    }

    function settings() internal view returns (AssetManagerSettings.Data storage) {
        return get().settings;
    }

    function fAsset() internal view returns (IMintable) {
        return IMintable(get().settings.fAsset);
    }

    function wNat() internal view returns (IWrappedNative) {
        return IWrappedNative(address(get().collateralTypes[0].token));
    }
}
