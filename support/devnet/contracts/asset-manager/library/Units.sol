// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Store} from "./Store.sol";

/// Conversions between units of the asset. Everything rounds down. Amounts in AMG fit 64 bits.
library Units {
    uint256 internal constant MAX_BIPS = 10_000;

    function bips(uint256 amount, uint256 shareBips) internal pure returns (uint256) {
        return Math.mulDiv(amount, shareBips, MAX_BIPS);
    }

    function amg(uint256 amountUba) internal view returns (uint256) {
        return SafeCast.toUint64(amountUba / Store.settings().assetMintingGranularityUBA);
    }

    function uba(uint256 amountAmg) internal view returns (uint256) {
        return amountAmg * Store.settings().assetMintingGranularityUBA;
    }

    function wholeAmgUba(uint256 amountUba) internal view returns (uint256) {
        return amountUba - (amountUba % Store.settings().assetMintingGranularityUBA);
    }

    function lotsAmg(uint256 lots) internal view returns (uint256) {
        return SafeCast.toUint64(lots * Store.settings().lotSizeAMG);
    }

    function wholeGwei(uint256 amountWei) internal pure returns (uint256) {
        return amountWei - (amountWei % 1 gwei);
    }
}
