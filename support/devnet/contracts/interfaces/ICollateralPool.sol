// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ICollateralPoolToken} from "./ICollateralPoolToken.sol";
import {IWrappedNative} from "./IWrappedNative.sol";

/// Native collateral of one agent, shared by everybody who entered. No official artifact of it exists.
interface ICollateralPool {
    event CPEntered(
        address indexed tokenHolder,
        uint256 amountNatWei,
        uint256 receivedTokensWei,
        uint256 timelockExpiresAt
    );
    event CPExited(address indexed tokenHolder, uint256 burnedTokensWei, uint256 receivedNatWei);
    event CPSelfCloseExited(
        address indexed tokenHolder,
        uint256 burnedTokensWei,
        uint256 receivedNatWei,
        uint256 closedFAssetsUBA
    );
    event CPFeesWithdrawn(address indexed tokenHolder, uint256 withdrawnFeesUBA);
    event CPFeeDebtChanged(address indexed tokenHolder, int256 newFeeDebtUBA);
    event CPFeeDebtPaid(address indexed tokenHolder, uint256 paidFeesUBA);
    event CPPaidOut(address indexed recipient, uint256 paidNatWei, uint256 burnedTokensWei);
    event CPClaimedReward(uint256 amountNatWei, uint8 rewardType);

    error OnlyAssetManager();
    error OnlyAgent();
    error OnlyInternalUse();
    error AlreadyInitialized();
    error EmergencyPauseActive();
    error AmountOfNatTooLow();
    error AmountOfCollateralTooLow();
    error CollateralToTokenRatioTooLow();
    error CollateralToTokenRatioTooHigh();
    error TokenShareIsZero();
    error TokenBalanceTooLow();
    error TokenSupplyAfterExitTooLow();
    error SentAmountTooLow();
    error CollateralAfterExitTooLow();
    error CollateralRatioFallsBelowExitCR();
    error WithdrawZeroFAsset();
    error FreeFAssetBalanceTooSmall();
    error ZeroFAssetDebtPayment();
    error PaymentLargerThanFeeDebt();
    error FAssetAllowanceTooSmall();
    error RedemptionRequiresClosingTooManyTickets();
    error InvalidRecipientAddress();
    error CannotDestroyPoolWithIssuedTokens();

    function enter() external payable returns (uint256 tokensWei, uint256 timelockExpiresAt);

    function exit(uint256 tokensWei) external returns (uint256 natWei);

    function exitTo(uint256 tokensWei, address payable recipient) external returns (uint256 natWei);

    function withdrawFeesTo(uint256 amountUba, address recipient) external;

    /// Asset manager only.
    function depositNat() external payable;

    /// Asset manager only.
    function fAssetFeeDeposited(uint256 amountUba) external;

    /// Asset manager only.
    function payout(address recipient, uint256 amountWei, uint256 agentResponsibilityWei) external;

    /// Asset manager only.
    function setExitCollateralRatioBIPS(uint256 value) external;

    /// Asset manager only.
    function destroy(address payable recipient) external;

    function poolToken() external view returns (ICollateralPoolToken);

    function wNat() external view returns (IWrappedNative);

    function totalCollateral() external view returns (uint256);

    function exitCollateralRatioBIPS() external view returns (uint32);

    function debtFreeTokensOf(address account) external view returns (uint256);

    function debtLockedTokensOf(address account) external view returns (uint256);
}
