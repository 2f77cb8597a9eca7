// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICollateralPool} from "../interfaces/ICollateralPool.sol";
import {ICollateralPoolToken} from "../interfaces/ICollateralPoolToken.sol";
import {IManager} from "../interfaces/IManager.sol";

/// Share in a collateral pool: a clone per agent. Freshly entered tokens are locked for a while, and tokens whose
/// share of fees was not paid for cannot be transferred. Received tokens carry neither lock nor debt.
contract CollateralPoolToken is ERC20("", ""), ICollateralPoolToken, IERC165 {
    struct Lock {
        uint128 amountWei;
        uint64 endTimeS;
    }

    /// Locks in order of entering, which is also the order in which they end.
    struct LockQueue {
        mapping(uint256 => Lock) entries;
        uint128 start;
        uint128 end;
    }

    uint256 private constant LOCKS_CLEANED_PER_TRANSFER = 10;

    IManager private immutable assetManager;
    address public collateralPool;
    string private tokenSuffix;
    mapping(address => LockQueue) private locks;
    bool private ignoringTimelocks;

    modifier onlyCollateralPool() {
        require(msg.sender == collateralPool, OnlyCollateralPool());
        _;
    }

    constructor(IManager manager) {
        assetManager = manager;
    }

    /// `suffix` is the system's and the agent's suffix joined, for example TXRP-AGENT1.
    function initialize(address pool, string memory suffix) external {
        require(collateralPool == address(0), AlreadyInitialized());
        collateralPool = pool;
        tokenSuffix = suffix;
    }

    function mint(address account, uint256 amountWei) external onlyCollateralPool returns (uint256 timelockExpiresAt) {
        _mint(account, amountWei);
        uint256 durationS = assetManager.getCollateralPoolTokenTimelockSeconds();
        timelockExpiresAt = block.timestamp + durationS;
        if (durationS > 0 && amountWei > 0) {
            LockQueue storage queue = locks[account];
            queue.entries[queue.end++] = Lock(SafeCast.toUint128(amountWei), SafeCast.toUint64(timelockExpiresAt));
        }
    }

    function burn(address account, uint256 amountWei, bool ignoreTimelocks) external onlyCollateralPool {
        ignoringTimelocks = ignoreTimelocks;
        _burn(account, amountWei);
        ignoringTimelocks = false;
    }

    /// Removes up to `maxEntries` ended locks; true if none is left.
    function cleanupExpiredTimelocks(address account, uint256 maxEntries) public returns (bool _cleanedAllExpired) {
        LockQueue storage queue = locks[account];
        while (maxEntries > 0 && _firstHasEnded(queue)) {
            delete queue.entries[queue.start++];
            maxEntries--;
        }
        return !_firstHasEnded(queue);
    }

    function name() public view override returns (string memory) {
        return string.concat("FAsset Collateral Pool Token ", tokenSuffix);
    }

    function symbol() public view override returns (string memory) {
        return string.concat("FCPT-", tokenSuffix);
    }

    function debtFreeBalanceOf(address account) public view returns (uint256) {
        return ICollateralPool(collateralPool).debtFreeTokensOf(account);
    }

    function debtLockedBalanceOf(address account) public view returns (uint256) {
        return ICollateralPool(collateralPool).debtLockedTokensOf(account);
    }

    function timelockedBalanceOf(address account) public view returns (uint256) {
        LockQueue storage queue = locks[account];
        uint256 lockedWei = 0;
        for (uint256 i = queue.start; i < queue.end; i++) {
            if (queue.entries[i].endTimeS > block.timestamp) lockedWei += queue.entries[i].amountWei;
        }
        return Math.min(lockedWei, balanceOf(account));
    }

    function nonTimelockedBalanceOf(address account) public view returns (uint256) {
        return balanceOf(account) - timelockedBalanceOf(account);
    }

    function transferableBalanceOf(address account) external view returns (uint256) {
        return Math.min(debtFreeBalanceOf(account), nonTimelockedBalanceOf(account));
    }

    function lockedBalanceOf(address account) external view returns (uint256) {
        return Math.max(debtLockedBalanceOf(account), timelockedBalanceOf(account));
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IERC20).interfaceId ||
            id == type(ICollateralPoolToken).interfaceId;
    }

    function _beforeTokenTransfer(address from, address, uint256 amountWei) internal override {
        bool isTransfer = msg.sender != collateralPool;
        if (isTransfer) require(amountWei <= debtFreeBalanceOf(from), InsufficientTransferableBalance());
        bool isMint = from == address(0);
        if (isMint || ignoringTimelocks) return;
        cleanupExpiredTimelocks(from, LOCKS_CLEANED_PER_TRANSFER);
        require(amountWei <= nonTimelockedBalanceOf(from), InsufficientNonTimelockedBalance());
    }

    function _firstHasEnded(LockQueue storage queue) private view returns (bool) {
        return queue.start < queue.end && queue.entries[queue.start].endTimeS <= block.timestamp;
    }
}
