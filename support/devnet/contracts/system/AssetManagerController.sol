// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {PauseFacet} from "../asset-manager/facets/PauseFacet.sol";
import {SettingsFacet} from "../asset-manager/facets/SettingsFacet.sol";
import {Governed} from "./Governed.sol";

/// Lists the asset managers of the system and hands its owner's settings to them, at once: nothing is timelocked here.
/// The list of managers that every setter takes is that of the real controller; there is only one manager.
contract AssetManagerController is Governed {
    event AssetManagerAdded(address assetManager);

    error AssetManagerNotManaged();
    error OnlyGovernanceOrEmergencyPauseSenders();

    address private immutable assetManager;

    modifier onlyPauser() {
        require(msg.sender == governance, OnlyGovernanceOrEmergencyPauseSenders());
        _;
    }

    modifier onlyManaged(address[] calldata managers) {
        for (uint256 i = 0; i < managers.length; i++) {
            require(managers[i] == assetManager, AssetManagerNotManaged());
        }
        _;
    }

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

    function setLotSizeAmg(address[] calldata managers, uint256 value) external onlyGovernance onlyManaged(managers) {
        _settings().setLotSizeAmg(value);
    }

    function setMintingCapAmg(address[] calldata managers, uint256 value) external onlyGovernance onlyManaged(managers) {
        _settings().setMintingCapAmg(value);
    }

    function setMaxRedeemedTickets(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setMaxRedeemedTickets(value);
    }

    function setCollateralReservationFeeBips(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setCollateralReservationFeeBips(value);
    }

    function setRedemptionFeeBips(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setRedemptionFeeBips(value);
    }

    function setRedemptionDefaultFactorVaultCollateralBIPS(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setRedemptionDefaultFactorVaultCollateralBIPS(value);
    }

    function setCollateralPoolTokenTimelockSeconds(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setCollateralPoolTokenTimelockSeconds(value);
    }

    function setRedemptionPaymentExtensionSeconds(
        address[] calldata managers,
        uint256 value
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setRedemptionPaymentExtensionSeconds(value);
    }

    function setTimeForPayment(
        address[] calldata managers,
        uint256 underlyingBlocks,
        uint256 underlyingSeconds
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setTimeForPayment(underlyingBlocks, underlyingSeconds);
    }

    function setCollateralRatiosForToken(
        address[] calldata managers,
        CollateralType.Class class,
        IERC20 token,
        uint256 minimumBips,
        uint256 safetyMinimumBips
    ) external onlyGovernance onlyManaged(managers) {
        _settings().setCollateralRatiosForToken(class, token, minimumBips, safetyMinimumBips);
    }

    function pauseMinting(address[] calldata managers) external onlyGovernance onlyManaged(managers) {
        PauseFacet(assetManager).pauseMinting();
    }

    function unpauseMinting(address[] calldata managers) external onlyGovernance onlyManaged(managers) {
        PauseFacet(assetManager).unpauseMinting();
    }

    function emergencyPauseStartOperations(
        address[] calldata managers,
        uint256 durationS
    ) external onlyPauser onlyManaged(managers) {
        _pause(EmergencyPause.Level.START_OPERATIONS, durationS);
    }

    function emergencyPauseFull(
        address[] calldata managers,
        uint256 durationS
    ) external onlyPauser onlyManaged(managers) {
        _pause(EmergencyPause.Level.FULL, durationS);
    }

    function emergencyPauseFullAndTransfer(
        address[] calldata managers,
        uint256 durationS
    ) external onlyPauser onlyManaged(managers) {
        _pause(EmergencyPause.Level.FULL_AND_TRANSFER, durationS);
    }

    function cancelEmergencyPause(address[] calldata managers) external onlyPauser onlyManaged(managers) {
        _pause(EmergencyPause.Level.NONE, 0);
    }

    function _pause(EmergencyPause.Level level, uint256 durationS) private {
        PauseFacet(assetManager).emergencyPause(level, true, durationS);
    }

    function _settings() private view returns (SettingsFacet) {
        return SettingsFacet(assetManager);
    }
}
