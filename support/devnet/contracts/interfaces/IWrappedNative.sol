// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IWNat} from "@flarenetwork/flare-periphery-contracts/coston2/IWNat.sol";

/// WNat with its ERC-20 side.
interface IWrappedNative is IERC20, IWNat {}
