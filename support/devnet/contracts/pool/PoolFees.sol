// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICollateralPool} from "../interfaces/ICollateralPool.sol";
import {ICollateralPoolToken} from "../interfaces/ICollateralPoolToken.sol";

/// Who owns which part of a pool's FAsset fees. Fees held plus all debts are the virtual fees; they are shared by
/// tokens, and what an account has taken out already, or never paid in on entering, is its debt.
abstract contract PoolFees {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeCast for int256;

    ICollateralPoolToken public token;
    uint256 public totalFAssetFees;
    int256 public totalFAssetFeeDebt;
    /// Negative debt is a claim that outlived the tokens it came with.
    mapping(address => int256) public fAssetFeeDebtOf;

    function totalVirtualFees() internal view returns (uint256) {
        return (totalFAssetFees.toInt256() + totalFAssetFeeDebt).toUint256();
    }

    function virtualFeesOfTokens(uint256 tokensWei) internal view returns (uint256) {
        return tokensWei == 0 ? 0 : totalVirtualFees().mulDiv(tokensWei, token.totalSupply());
    }

    function virtualFAssetOf(address account) public view returns (uint256) {
        return virtualFeesOfTokens(token.balanceOf(account));
    }

    function fAssetFeesOf(address account) public view returns (uint256) {
        return Math.min(_claimUba(account), totalFAssetFees);
    }

    function debtFreeTokensOf(address account) public view virtual returns (uint256) {
        if (fAssetFeeDebtOf[account] <= 0) return token.balanceOf(account);
        uint256 claimUba = _claimUba(account);
        return claimUba == 0 ? 0 : token.totalSupply().mulDiv(claimUba, totalVirtualFees());
    }

    function debtLockedTokensOf(address account) public view virtual returns (uint256) {
        uint256 balanceWei = token.balanceOf(account);
        uint256 freeWei = debtFreeTokensOf(account);
        return balanceWei > freeWei ? balanceWei - freeWei : 0;
    }

    function _addFeeDebt(address account, uint256 amountUba) internal {
        _changeFeeDebt(account, amountUba.toInt256());
    }

    function _removeFeeDebt(address account, uint256 amountUba) internal {
        _changeFeeDebt(account, -amountUba.toInt256());
    }

    function _changeFeeDebt(address account, int256 changeUba) private {
        if (changeUba == 0) return;
        fAssetFeeDebtOf[account] += changeUba;
        totalFAssetFeeDebt += changeUba;
        emit ICollateralPool.CPFeeDebtChanged(account, fAssetFeeDebtOf[account]);
    }

    function _claimUba(address account) private view returns (uint256) {
        int256 claimUba = virtualFAssetOf(account).toInt256() - fAssetFeeDebtOf[account];
        return claimUba > 0 ? claimUba.toUint256() : 0;
    }
}
