// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {ICollateralPool} from "../interfaces/ICollateralPool.sol";
import {ICollateralPoolToken} from "../interfaces/ICollateralPoolToken.sol";
import {IManager} from "../interfaces/IManager.sol";
import {IWrappedNative} from "../interfaces/IWrappedNative.sol";
import {NativeTransfer} from "../system/NativeTransfer.sol";
import {PoolFees} from "./PoolFees.sol";

/// An agent's collateral pool: a clone per agent. Enter and exit at the ratio of collateral to tokens, fees by shares.
/// Delegation of votes and reward claims are left out: the devnet's WNat has none.
contract CollateralPool is PoolFees, ICollateralPool, IERC165 {
    using SafeERC20 for IERC20;
    using Math for uint256;

    uint256 public constant MIN_NAT_TO_ENTER = 1 ether;
    uint256 public constant MIN_TOKEN_SUPPLY_AFTER_EXIT = 1 ether;
    uint256 public constant MIN_NAT_BALANCE_AFTER_EXIT = 1 ether;
    uint256 public constant MAX_TOKEN_TO_COLLATERAL_RATIO_ON_ENTER = 100;
    uint256 public constant MAX_COLLATERAL_TO_TOKEN_RATIO_ON_ENTER = 100;
    uint256 private constant MAX_BIPS = 10_000;

    IManager public immutable assetManager;
    IERC20 public immutable fAsset;
    IWrappedNative public immutable wNat;
    address public agentVault;
    uint32 public exitCollateralRatioBIPS;
    /// Tracked, so that WNat sent here by chance does not count.
    uint256 public totalCollateral;
    bool private entered;
    bool private unwrapping;

    modifier onlyAssetManager() {
        require(msg.sender == address(assetManager), OnlyAssetManager());
        _;
    }

    modifier notPaused() {
        require(assetManager.emergencyPauseLevel() == EmergencyPause.Level.NONE, EmergencyPauseActive());
        _;
    }

    modifier nonReentrant() {
        require(!entered, ReentrancyGuardReentrantCall());
        entered = true;
        _;
        entered = false;
    }

    error ReentrancyGuardReentrantCall();

    constructor(IManager manager, IERC20 fAssetToken, IWrappedNative wrappedNative) {
        assetManager = manager;
        fAsset = fAssetToken;
        wNat = wrappedNative;
    }

    receive() external payable {
        require(unwrapping, OnlyInternalUse());
    }

    function initialize(address vault, ICollateralPoolToken poolToken_, uint256 exitRatioBips) external {
        require(agentVault == address(0), AlreadyInitialized());
        agentVault = vault;
        token = poolToken_;
        exitCollateralRatioBIPS = SafeCast.toUint32(exitRatioBips);
    }

    // ---- enter and exit ----

    function enter() external payable notPaused nonReentrant returns (uint256, uint256) {
        uint256 supplyWei = token.totalSupply();
        require(msg.value >= MIN_NAT_TO_ENTER, AmountOfNatTooLow());
        require(
            supplyWei <= totalCollateral * MAX_TOKEN_TO_COLLATERAL_RATIO_ON_ENTER,
            CollateralToTokenRatioTooLow()
        );
        require(
            totalCollateral <= supplyWei * MAX_COLLATERAL_TO_TOKEN_RATIO_ON_ENTER,
            CollateralToTokenRatioTooHigh()
        );
        if (supplyWei == 0) _requireValueOfFees(msg.value);
        uint256 tokensWei = supplyWei == 0 ? msg.value : supplyWei.mulDiv(msg.value, totalCollateral);
        uint256 debtUba = supplyWei == 0 ? 0 : totalVirtualFees().mulDiv(tokensWei, supplyWei);
        _addFeeDebt(msg.sender, debtUba);
        _wrap();
        uint256 timelockExpiresAt = token.mint(msg.sender, tokensWei);
        emit CPEntered(msg.sender, msg.value, tokensWei, timelockExpiresAt);
        return (tokensWei, timelockExpiresAt);
    }

    function exit(uint256 tokensWei) external notPaused nonReentrant returns (uint256) {
        return _exit(tokensWei, payable(msg.sender));
    }

    function exitTo(uint256 tokensWei, address payable recipient) external notPaused nonReentrant returns (uint256) {
        return _exit(tokensWei, recipient);
    }

    function selfCloseExit(
        uint256 tokensWei,
        bool redeemToCollateral,
        string memory underlyingAddress,
        address payable executor
    ) external payable notPaused nonReentrant {
        _selfCloseExit(tokensWei, redeemToCollateral, payable(msg.sender), underlyingAddress, executor);
    }

    function selfCloseExitTo(
        uint256 tokensWei,
        bool redeemToCollateral,
        address payable recipient,
        string memory underlyingAddress,
        address payable executor
    ) external payable notPaused nonReentrant {
        require(
            recipient != address(0) && recipient != address(this) && recipient != agentVault,
            InvalidRecipientAddress()
        );
        _selfCloseExit(tokensWei, redeemToCollateral, recipient, underlyingAddress, executor);
    }

    /// FAssets that must be given up with these tokens so that the pool's collateral ratio does not suffer.
    function fAssetRequiredForSelfCloseExit(uint256 tokensWei) external view returns (uint256) {
        return _closedUbaFor(totalCollateral.mulDiv(tokensWei, token.totalSupply()));
    }

    // ---- fees ----

    function withdrawFees(uint256 amountUba) external notPaused nonReentrant {
        _withdrawFees(amountUba, msg.sender);
    }

    function withdrawFeesTo(uint256 amountUba, address recipient) external notPaused nonReentrant {
        _withdrawFees(amountUba, recipient);
    }

    function payFAssetFeeDebt(uint256 amountUba) external notPaused nonReentrant {
        require(amountUba != 0, ZeroFAssetDebtPayment());
        require(SafeCast.toInt256(amountUba) <= fAssetFeeDebtOf[msg.sender], PaymentLargerThanFeeDebt());
        require(fAsset.allowance(msg.sender, address(this)) >= amountUba, FAssetAllowanceTooSmall());
        _removeFeeDebt(msg.sender, amountUba);
        totalFAssetFees += amountUba;
        fAsset.safeTransferFrom(msg.sender, address(this), amountUba);
        emit CPFeeDebtPaid(msg.sender, amountUba);
    }

    // ---- calls of the asset manager ----

    function depositNat() external payable onlyAssetManager nonReentrant {
        _wrap();
    }

    function fAssetFeeDeposited(uint256 amountUba) external onlyAssetManager {
        totalFAssetFees += amountUba;
    }

    /// Pays WNat and burns the agent's own tokens worth it, as far as there are any; timelocks do not protect them.
    function payout(
        address recipient,
        uint256 amountWei,
        uint256 agentResponsibilityWei
    ) external onlyAssetManager nonReentrant {
        uint256 burnedWei = token.balanceOf(agentVault);
        if (totalCollateral > 0) {
            uint256 owedWei = token.totalSupply().mulDiv(agentResponsibilityWei, totalCollateral, Math.Rounding.Up);
            burnedWei = Math.min(owedWei, burnedWei);
        }
        if (burnedWei > 0) {
            _removeFeeDebt(agentVault, virtualFeesOfTokens(burnedWei));
            token.burn(agentVault, burnedWei, true);
        }
        if (amountWei > 0) {
            totalCollateral -= amountWei;
            IERC20(wNat).safeTransfer(recipient, amountWei);
        }
        emit CPPaidOut(recipient, amountWei, burnedWei);
    }

    function setExitCollateralRatioBIPS(uint256 value) external onlyAssetManager {
        exitCollateralRatioBIPS = SafeCast.toUint32(value);
    }

    function destroy(address payable recipient) external onlyAssetManager nonReentrant {
        require(token.totalSupply() == 0, CannotDestroyPoolWithIssuedTokens());
        IERC20(wNat).safeTransfer(recipient, wNat.balanceOf(address(this)));
        uint256 leftUba = fAsset.balanceOf(address(this));
        if (leftUba > 0) fAsset.safeTransfer(recipient, leftUba);
        totalCollateral = 0;
        totalFAssetFees = 0;
    }

    // ---- views ----

    function poolToken() external view returns (ICollateralPoolToken) {
        return token;
    }

    function debtFreeTokensOf(address account) public view override(PoolFees, ICollateralPool) returns (uint256) {
        return super.debtFreeTokensOf(account);
    }

    function debtLockedTokensOf(address account) public view override(PoolFees, ICollateralPool) returns (uint256) {
        return super.debtLockedTokensOf(account);
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(ICollateralPool).interfaceId;
    }

    // ---- inside ----

    function _exit(uint256 tokensWei, address payable recipient) private returns (uint256 natWei) {
        natWei = _natForExit(tokensWei);
        require(_isAbove(_exitRatioBips(), totalCollateral - natWei), CollateralRatioFallsBelowExitCR());
        _burnAndPay(tokensWei, natWei, recipient);
        emit CPExited(msg.sender, tokensWei, natWei);
    }

    function _selfCloseExit(
        uint256 tokensWei,
        bool redeemToCollateral,
        address payable recipient,
        string memory underlyingAddress,
        address payable executor
    ) private {
        uint256 natWei = _natForExit(tokensWei);
        uint256 closedUba = _closedUbaFor(natWei);
        require(
            assetManager.maxRedemptionFromAgent(agentVault) >= closedUba,
            RedemptionRequiresClosingTooManyTickets()
        );
        require(fAsset.allowance(msg.sender, address(this)) >= closedUba, FAssetAllowanceTooSmall());
        // the share is that of the pool before the redemption, which may change fees
        uint256 feeShareUba = virtualFeesOfTokens(tokensWei);
        fAsset.safeTransferFrom(msg.sender, address(this), closedUba);
        bool valueSpent = false;
        if (closedUba > 0) {
            if (redeemToCollateral || closedUba < assetManager.lotSize()) {
                assetManager.redeemFromAgentInCollateral(agentVault, recipient, closedUba);
            } else {
                valueSpent = executor != address(0);
                assetManager.redeemFromAgent{value: valueSpent ? msg.value : 0}(
                    agentVault,
                    recipient,
                    closedUba,
                    underlyingAddress,
                    executor
                );
            }
        }
        _removeFeeDebt(msg.sender, feeShareUba);
        token.burn(msg.sender, tokensWei, false);
        _unwrapTo(recipient, natWei);
        if (!valueSpent) NativeTransfer.send(recipient, msg.value);
        emit CPSelfCloseExited(msg.sender, tokensWei, natWei, closedUba);
    }

    function _natForExit(uint256 tokensWei) private view returns (uint256 natWei) {
        require(tokensWei > 0, TokenShareIsZero());
        require(tokensWei <= token.balanceOf(msg.sender), TokenBalanceTooLow());
        uint256 supplyWei = token.totalSupply();
        uint256 supplyLeftWei = supplyWei - tokensWei;
        require(supplyLeftWei == 0 || supplyLeftWei >= MIN_TOKEN_SUPPLY_AFTER_EXIT, TokenSupplyAfterExitTooLow());
        natWei = totalCollateral.mulDiv(tokensWei, supplyWei);
        require(natWei > 0, SentAmountTooLow());
        uint256 collateralLeftWei = totalCollateral - natWei;
        require(
            collateralLeftWei == 0 || collateralLeftWei >= MIN_NAT_BALANCE_AFTER_EXIT,
            CollateralAfterExitTooLow()
        );
    }

    function _burnAndPay(uint256 tokensWei, uint256 natWei, address payable recipient) private {
        _removeFeeDebt(msg.sender, virtualFeesOfTokens(tokensWei));
        token.burn(msg.sender, tokensWei, false);
        _unwrapTo(recipient, natWei);
    }

    function _withdrawFees(uint256 amountUba, address recipient) private {
        require(amountUba > 0, WithdrawZeroFAsset());
        require(amountUba <= fAssetFeesOf(msg.sender), FreeFAssetBalanceTooSmall());
        _addFeeDebt(msg.sender, amountUba);
        totalFAssetFees -= amountUba;
        fAsset.safeTransfer(recipient, amountUba);
        emit CPFeesWithdrawn(msg.sender, amountUba);
    }

    /// Only the first to enter gets all fees that are in the pool, and must bring collateral worth them.
    function _requireValueOfFees(uint256 amountWei) private view {
        (uint256 multiplier, uint256 divisor) = assetManager.assetPriceNatWei();
        require(amountWei >= totalVirtualFees().mulDiv(multiplier, divisor), AmountOfCollateralTooLow());
    }

    function _closedUbaFor(uint256 natWei) private view returns (uint256) {
        (uint256 multiplier, uint256 divisor) = assetManager.assetPriceNatWei();
        uint256 ratioBips = _exitRatioBips();
        uint256 backedUba = assetManager.getFAssetsBackedByPool(agentVault);
        uint256 closedUba;
        if (_isAbove(ratioBips, totalCollateral)) {
            uint256 coveredUba = (divisor * (totalCollateral - natWei) * MAX_BIPS) / (multiplier * ratioBips);
            closedUba = backedUba > coveredUba ? backedUba - coveredUba : 0;
        } else {
            closedUba = backedUba.mulDiv(natWei, totalCollateral, Math.Rounding.Up);
        }
        uint256 granularityUba = assetManager.assetMintingGranularityUBA();
        return closedUba.ceilDiv(granularityUba) * granularityUba;
    }

    function _isAbove(uint256 ratioBips, uint256 collateralWei) private view returns (bool) {
        (uint256 multiplier, uint256 divisor) = assetManager.assetPriceNatWei();
        uint256 backedUba = assetManager.getFAssetsBackedByPool(agentVault);
        return collateralWei * divisor >= (backedUba * multiplier).mulDiv(ratioBips, MAX_BIPS);
    }

    function _exitRatioBips() private view returns (uint256) {
        return Math.max(assetManager.getAgentMinPoolCollateralRatioBIPS(agentVault), exitCollateralRatioBIPS);
    }

    function _wrap() private {
        if (msg.value == 0) return;
        totalCollateral += msg.value;
        wNat.deposit{value: msg.value}();
        assetManager.updateCollateral(agentVault, wNat);
    }

    function _unwrapTo(address payable recipient, uint256 amountWei) private {
        totalCollateral -= amountWei;
        unwrapping = true;
        wNat.withdraw(amountWei);
        unwrapping = false;
        NativeTransfer.send(recipient, amountWei);
    }
}
