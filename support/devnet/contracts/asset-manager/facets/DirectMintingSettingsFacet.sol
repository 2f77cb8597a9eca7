// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IDirectMinting} from "@flarenetwork/flare-periphery-contracts/coston2/IDirectMinting.sol";
import {Facet} from "../library/Facet.sol";
import {Store} from "../library/Store.sol";
import {ExtraSettings, RateWindow} from "../library/Types.sol";

/// Fees, limits and partners of direct minting. Only what a devnet test wants changed can be changed, without limits on
/// the size of a step.
contract DirectMintingSettingsFacet is Facet {
    error TimestampMustBeInThePast();

    function unblockDirectMintingsUntil(uint256 timestamp) external onlyGovernance {
        require(timestamp < block.timestamp, TimestampMustBeInThePast());
        Store.get().directMintingsUnblockedUntil = timestamp;
        Store.get().directMintingsUnblockedAt = block.timestamp;
        emit IDirectMinting.DirectMintingsUnblocked(timestamp);
    }

    function setDirectMintingFee(uint256 feeBips, uint256 minimumFeeUba) external onlyGovernance {
        _settings().directMintingFeeBIPS = feeBips;
        _settings().directMintingMinimumFeeUba = minimumFeeUba;
        emit IAssetManagerEvents.SettingChanged("directMintingFeeBIPS", feeBips);
        emit IAssetManagerEvents.SettingChanged("directMintingMinimumFeeUBA", minimumFeeUba);
    }

    function setDirectMintingHourlyLimitUBA(uint256 limitUba) external onlyGovernance {
        _settings().directMintingHourlyLimitUba = limitUba;
        emit IAssetManagerEvents.SettingChanged("directMintingHourlyLimitUBA", limitUba);
    }

    function setDirectMintingDailyLimitUBA(uint256 limitUba) external onlyGovernance {
        _settings().directMintingDailyLimitUba = limitUba;
        emit IAssetManagerEvents.SettingChanged("directMintingDailyLimitUBA", limitUba);
    }

    function setDirectMintingLargeMintingThrottling(uint256 thresholdUba, uint256 delayS) external onlyGovernance {
        _settings().directMintingLargeThresholdUba = thresholdUba;
        _settings().directMintingLargeDelaySeconds = delayS;
        emit IAssetManagerEvents.SettingChanged("directMintingLargeMintingThresholdUBA", thresholdUba);
        emit IAssetManagerEvents.SettingChanged("directMintingLargeMintingDelaySeconds", delayS);
    }

    function getMintingTagManager() external view returns (address) {
        return _settings().mintingTagManager;
    }

    function getSmartAccountManager() external view returns (address) {
        return _settings().smartAccountManager;
    }

    function getDirectMintingFeeReceiver() external view returns (address) {
        return _settings().directMintingFeeReceiver;
    }

    function getDirectMintingMinimumFeeUBA() external view returns (uint256) {
        return _settings().directMintingMinimumFeeUba;
    }

    function getDirectMintingFeeBIPS() external view returns (uint256) {
        return _settings().directMintingFeeBIPS;
    }

    function getDirectMintingExecutorFeeUBA() external view returns (uint256) {
        return _settings().directMintingExecutorFeeUba;
    }

    function getDirectMintingOthersCanExecuteAfterSeconds() external view returns (uint256) {
        return _settings().directMintingOthersCanExecuteAfterSeconds;
    }

    function getDirectMintingLargeMintingThresholdUBA() external view returns (uint256) {
        return _settings().directMintingLargeThresholdUba;
    }

    function getDirectMintingLargeMintingDelaySeconds() external view returns (uint256) {
        return _settings().directMintingLargeDelaySeconds;
    }

    function getDirectMintingHourlyLimitUBA() external view returns (uint256) {
        return _settings().directMintingHourlyLimitUba;
    }

    function getDirectMintingDailyLimitUBA() external view returns (uint256) {
        return _settings().directMintingDailyLimitUba;
    }

    function getDirectMintingsUnblockUntilTimestamp() external view returns (uint256) {
        return Store.get().directMintingsUnblockedUntil;
    }

    function getDirectMintingDailyLimiterState()
        external
        view
        returns (uint64 _windowStartTimestamp, uint64 _mintedInCurrentWindow)
    {
        return _windowState(Store.get().dailyDirectMinting);
    }

    function getDirectMintingHourlyLimiterState()
        external
        view
        returns (uint64 _windowStartTimestamp, uint64 _mintedInCurrentWindow)
    {
        return _windowState(Store.get().hourlyDirectMinting);
    }

    function _windowState(RateWindow storage window) private view returns (uint64, uint64) {
        return (uint64(window.startS), uint64(window.mintedAmg));
    }

    function _settings() private view returns (ExtraSettings storage) {
        return Store.get().extra;
    }
}
