// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Facet} from "../library/Facet.sol";
import {Prices} from "../library/Prices.sol";
import {Store} from "../library/Store.sol";
import {State} from "../library/Types.sol";
import {Units} from "../library/Units.sol";

/// Reads all settings, and lets the controller change those a devnet test wants changed: at once, without the limits on
/// size and frequency that the real contracts set.
contract SettingsFacet is Facet {
    using SafeCast for uint256;

    function getSettings() external view returns (AssetManagerSettings.Data memory) {
        return Store.settings();
    }

    function fAsset() external view returns (IERC20) {
        return Store.fAsset();
    }

    function priceReader() external view returns (address) {
        return Store.settings().priceReader;
    }

    function assetManagerController() external view returns (address) {
        return Store.settings().assetManagerController;
    }

    function controllerAttached() external view returns (bool) {
        return Store.get().attached;
    }

    function governance() external view returns (address) {
        return Store.get().governance;
    }

    function lotSize() external view returns (uint256 _lotSizeUBA) {
        return Units.uba(Store.settings().lotSizeAMG);
    }

    function assetMintingGranularityUBA() external view returns (uint256) {
        return Store.settings().assetMintingGranularityUBA;
    }

    function assetMintingDecimals() external view returns (uint256) {
        return Store.settings().assetMintingDecimals;
    }

    function getCollateralPoolTokenTimelockSeconds() external view returns (uint256) {
        return Store.settings().collateralPoolTokenTimelockSeconds;
    }

    function redemptionPaymentExtensionSeconds() external view returns (uint256) {
        return Store.get().extra.redemptionPaymentExtensionSeconds;
    }

    function getCollateralType(
        CollateralType.Class class,
        IERC20 token
    ) external view returns (CollateralType.Data memory) {
        return Store.get().collateralTypes[Prices.typeIndex(class, token)];
    }

    function getCollateralTypes() external view returns (CollateralType.Data[] memory) {
        return Store.get().collateralTypes;
    }

    /// Our controller cannot detach itself, so governance may.
    function attachController(bool attached) external {
        State storage state = Store.get();
        bool isController = msg.sender == state.settings.assetManagerController;
        require(isController || msg.sender == state.governance, OnlyAssetManagerController());
        state.attached = attached;
    }

    function setLotSizeAmg(uint256 value) external onlyAssetManagerController {
        Store.settings().lotSizeAMG = value.toUint64();
        emit IAssetManagerEvents.SettingChanged("lotSizeAMG", value);
    }

    function setMintingCapAmg(uint256 value) external onlyAssetManagerController {
        Store.settings().mintingCapAMG = value.toUint64();
        emit IAssetManagerEvents.SettingChanged("mintingCapAMG", value);
    }

    function setMaxRedeemedTickets(uint256 value) external onlyAssetManagerController {
        Store.settings().maxRedeemedTickets = value.toUint16();
        emit IAssetManagerEvents.SettingChanged("maxRedeemedTickets", value);
    }

    function setCollateralReservationFeeBips(uint256 value) external onlyAssetManagerController {
        Store.settings().collateralReservationFeeBIPS = value.toUint16();
        emit IAssetManagerEvents.SettingChanged("collateralReservationFeeBIPS", value);
    }

    function setRedemptionFeeBips(uint256 value) external onlyAssetManagerController {
        Store.settings().redemptionFeeBIPS = value.toUint16();
        emit IAssetManagerEvents.SettingChanged("redemptionFeeBIPS", value);
    }

    function setRedemptionDefaultFactorVaultCollateralBIPS(uint256 value) external onlyAssetManagerController {
        Store.settings().redemptionDefaultFactorVaultCollateralBIPS = value.toUint32();
        emit IAssetManagerEvents.SettingChanged("redemptionDefaultFactorVaultCollateralBIPS", value);
    }

    function setCollateralPoolTokenTimelockSeconds(uint256 value) external onlyAssetManagerController {
        Store.settings().collateralPoolTokenTimelockSeconds = value.toUint32();
        emit IAssetManagerEvents.SettingChanged("collateralPoolTokenTimelockSeconds", value);
    }

    function setTimeForPayment(uint256 underlyingBlocks, uint256 underlyingSeconds) external onlyAssetManagerController {
        Store.settings().underlyingBlocksForPayment = underlyingBlocks.toUint64();
        Store.settings().underlyingSecondsForPayment = underlyingSeconds.toUint64();
        emit IAssetManagerEvents.SettingChanged("underlyingBlocksForPayment", underlyingBlocks);
        emit IAssetManagerEvents.SettingChanged("underlyingSecondsForPayment", underlyingSeconds);
    }

    function setRedemptionPaymentExtensionSeconds(uint256 value) external onlyAssetManagerController {
        Store.get().extra.redemptionPaymentExtensionSeconds = value;
        emit IAssetManagerEvents.SettingChanged("redemptionPaymentExtensionSeconds", value);
    }

    function setMinimumRedeemAmountUBA(uint256 value) external onlyGovernance {
        Store.get().extra.minimumRedeemAmountUba = value;
        emit IAssetManagerEvents.SettingChanged("minimumRedeemAmountUBA", value);
    }

    function setCollateralRatiosForToken(
        CollateralType.Class class,
        IERC20 token,
        uint256 minimumBips,
        uint256 safetyMinimumBips
    ) external onlyAssetManagerController {
        CollateralType.Data storage collateral = Store.get().collateralTypes[Prices.typeIndex(class, token)];
        collateral.minCollateralRatioBIPS = minimumBips;
        collateral.safetyMinCollateralRatioBIPS = safetyMinimumBips;
        emit IAssetManagerEvents.CollateralRatiosChanged(uint8(class), address(token), minimumBips, safetyMinimumBips);
    }
}
