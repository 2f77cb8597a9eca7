// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IAgentVault} from "../interfaces/IAgentVault.sol";
import {ICollateralPool} from "../interfaces/ICollateralPool.sol";
import {IManager} from "../interfaces/IManager.sol";

/// An agent's vault. One template is deployed; every vault is a clone of it, so the asset manager is an immutable.
/// It does not count what it holds: its collateral is its token balance.
contract AgentVault is IAgentVault, IERC165 {
    using SafeERC20 for IERC20;

    IManager public immutable assetManager;
    bool private destroyed;

    modifier onlyOwner() {
        require(isOwner(msg.sender), OnlyOwner());
        _;
    }

    modifier onlyAssetManager() {
        require(msg.sender == address(assetManager), OnlyAssetManager());
        _;
    }

    modifier onlyCollateral(IERC20 token) {
        require(assetManager.isVaultCollateralToken(token), UnknownToken());
        _;
    }

    constructor(IManager manager) {
        assetManager = manager;
    }

    function buyCollateralPoolTokens() external payable onlyOwner {
        _pool().enter{value: msg.value}();
    }

    function withdrawPoolFees(uint256 amountUba, address recipient) external onlyOwner {
        _pool().withdrawFeesTo(amountUba, recipient);
    }

    function redeemCollateralPoolTokens(uint256 tokensWei, address payable recipient) external onlyOwner {
        assetManager.beforeCollateralWithdrawal(_pool().poolToken(), tokensWei);
        _pool().exitTo(tokensWei, recipient);
    }

    function depositCollateral(IERC20 token, uint256 amount) external onlyOwner onlyCollateral(token) {
        token.safeTransferFrom(msg.sender, address(this), amount);
        assetManager.updateCollateral(address(this), token);
    }

    function updateCollateral(IERC20 token) external onlyOwner onlyCollateral(token) {
        assetManager.updateCollateral(address(this), token);
    }

    function withdrawCollateral(
        IERC20 token,
        uint256 amount,
        address recipient
    ) external onlyOwner onlyCollateral(token) {
        if (!destroyed) assetManager.beforeCollateralWithdrawal(token, amount);
        token.safeTransfer(recipient, amount);
    }

    function transferExternalToken(IERC20 token, uint256 amount) external onlyOwner {
        require(destroyed || !assetManager.isLockedVaultToken(address(this), token), OnlyNonCollateralTokens());
        token.safeTransfer(assetManager.getAgentVaultOwner(address(this)), amount);
    }

    function payout(IERC20 token, address recipient, uint256 amount) external onlyAssetManager {
        token.safeTransfer(recipient, amount);
    }

    function destroy() external onlyAssetManager {
        destroyed = true;
    }

    function collateralPool() external view returns (address) {
        return address(_pool());
    }

    function isOwner(address account) public view returns (bool) {
        return assetManager.isAgentVaultOwner(address(this), account);
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(IAgentVault).interfaceId;
    }

    function _pool() private view returns (ICollateralPool) {
        return ICollateralPool(assetManager.getCollateralPool(address(this)));
    }
}
