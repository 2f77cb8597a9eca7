// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ICoreVaultManager} from "../interfaces/ICoreVaultManager.sol";
import {Governed} from "./Governed.sol";

/// Books of the core vault, an underlying account of the system itself: funds, transfers asked for, instructions to pay.
/// No escrows and no returns to agents (cancelable requests); whoever reads the instructions makes the payments.
contract CoreVaultManager is ICoreVaultManager, Governed {
    event PaymentConfirmed(bytes32 indexed transactionId, uint256 amount);
    event PaymentInstructions(
        uint256 indexed sequence,
        string account,
        string destination,
        uint256 amount,
        uint256 fee,
        bytes32 paymentReference
    );
    event TransferRequested(string destinationAddress, bytes32 paymentReference, uint256 amount, bool cancelable);
    event AllowedDestinationAddressAdded(string destinationAddress);

    error OnlyAssetManager();
    error NotAuthorized();
    error AlreadyConfirmed();
    error InvalidAmount();
    error AmountZero();
    error DestinationNotAllowed();
    error InsufficientFunds();

    struct TransferRequest {
        string destinationAddress;
        bytes32 paymentReference;
        uint128 amount;
    }

    address public immutable assetManager;
    uint128 private immutable fee;
    string public coreVaultAddress;
    uint128 public availableFunds;
    uint256 public nextSequenceNumber;
    mapping(string => bool) public isDestinationAddressAllowed;
    mapping(bytes32 => bool) private confirmed;
    TransferRequest[] private requests;

    modifier onlyAssetManager() {
        require(msg.sender == assetManager, OnlyAssetManager());
        _;
    }

    constructor(address manager, string memory underlyingAddress, uint128 paymentFee, uint256 firstSequenceNumber) {
        assetManager = manager;
        coreVaultAddress = underlyingAddress;
        fee = paymentFee;
        nextSequenceNumber = firstSequenceNumber;
    }

    function addAllowedDestinationAddresses(string[] calldata addresses) external onlyGovernance {
        for (uint256 i = 0; i < addresses.length; i++) {
            isDestinationAddressAllowed[addresses[i]] = true;
            emit AllowedDestinationAddressAdded(addresses[i]);
        }
    }

    function confirmPayment(bytes32 transactionId, int256 receivedAmount) external onlyAssetManager {
        require(!confirmed[transactionId], AlreadyConfirmed());
        require(receivedAmount > 0, InvalidAmount());
        confirmed[transactionId] = true;
        availableFunds += uint128(uint256(receivedAmount));
        emit PaymentConfirmed(transactionId, uint256(receivedAmount));
    }

    /// A request to the destination of a pending one is added to it, and then keeps the older reference.
    function requestTransferFromCoreVault(
        string memory destinationAddress,
        bytes32 paymentReference,
        uint128 amount,
        bool cancelable
    ) external onlyAssetManager returns (bytes32) {
        require(amount > 0, AmountZero());
        require(isDestinationAddressAllowed[destinationAddress], DestinationNotAllowed());
        uint256 index = _indexOf(destinationAddress);
        if (index == requests.length) requests.push(TransferRequest(destinationAddress, paymentReference, amount));
        else requests[index].amount += amount;
        require(totalRequestAmountWithFee() <= availableFunds, InsufficientFunds());
        bytes32 usedReference = requests[index].paymentReference;
        emit TransferRequested(destinationAddress, usedReference, amount, cancelable);
        return usedReference;
    }

    /// Instructs the payments that are covered, in order; the others stay.
    function triggerInstructions() external returns (uint256 _numberOfInstructions) {
        require(msg.sender == governance, NotAuthorized());
        uint256 kept = 0;
        uint256 count = requests.length;
        for (uint256 i = 0; i < count; i++) {
            TransferRequest memory request = requests[i];
            if (availableFunds < request.amount + fee) {
                requests[kept++] = request;
                continue;
            }
            availableFunds -= request.amount + fee;
            _numberOfInstructions++;
            emit PaymentInstructions(
                nextSequenceNumber++,
                coreVaultAddress,
                request.destinationAddress,
                request.amount,
                fee,
                request.paymentReference
            );
        }
        while (requests.length > kept) requests.pop();
    }

    function confirmedPayments(bytes32 transactionId) external view returns (bool) {
        return confirmed[transactionId];
    }

    function coreVaultAddressHash() external view returns (bytes32) {
        return keccak256(bytes(coreVaultAddress));
    }

    function escrowedFunds() external pure returns (uint128) {
        return 0;
    }

    function totalRequestAmountWithFee() public view returns (uint256 total) {
        for (uint256 i = 0; i < requests.length; i++) total += requests[i].amount + fee;
    }

    function getNonCancelableTransferRequests() external view returns (TransferRequest[] memory) {
        return requests;
    }

    function getSettings()
        external
        view
        returns (uint128 _escrowEndTimeSeconds, uint128 _escrowAmount, uint128 _minimalAmount, uint128 _fee)
    {
        return (0, 0, 0, fee);
    }

    function _indexOf(string memory destinationAddress) private view returns (uint256 index) {
        bytes32 wanted = keccak256(bytes(destinationAddress));
        while (index < requests.length && keccak256(bytes(requests[index].destinationAddress)) != wanted) index++;
    }
}
