// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// What the asset manager does with the FAsset.
interface IMintable is IERC20 {
    function mint(address owner, uint256 amount) external;

    function burn(address owner, uint256 amount) external;
}
