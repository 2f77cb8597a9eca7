// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// What the asset manager asks of the core vault.
interface ICoreVaultManager {
    function confirmPayment(bytes32 transactionId, int256 receivedAmount) external;

    function requestTransferFromCoreVault(
        string memory destinationAddress,
        bytes32 paymentReference,
        uint128 amount,
        bool cancelable
    ) external returns (bytes32);

    function coreVaultAddress() external view returns (string memory);

    function coreVaultAddressHash() external view returns (bytes32);

    function availableFunds() external view returns (uint128);

    function escrowedFunds() external view returns (uint128);

    function totalRequestAmountWithFee() external view returns (uint256);

    function getSettings()
        external
        view
        returns (uint128 _escrowEndTimeSeconds, uint128 _escrowAmount, uint128 _minimalAmount, uint128 _fee);
}
