// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {IFAsset} from "@flarenetwork/flare-periphery-contracts/coston2/IFAsset.sol";
import {IManager} from "../interfaces/IManager.sol";

/// The wrapped asset. Only the asset manager mints and burns. No permit, no balance history.
contract FAssetToken is ERC20, IFAsset, IERC165 {
    error OnlyAssetManager();
    error FAssetBalanceTooLow();
    error CannotTransferToSelf();
    error EmergencyPauseOfTransfersActive();

    address public immutable override assetManager;
    uint8 private immutable _decimals;
    string public override assetName;
    string public override assetSymbol;

    modifier onlyAssetManager() {
        require(msg.sender == assetManager, OnlyAssetManager());
        _;
    }

    constructor(
        address manager,
        string memory tokenName,
        string memory tokenSymbol,
        string memory underlyingName,
        string memory underlyingSymbol,
        uint8 tokenDecimals
    ) ERC20(tokenName, tokenSymbol) {
        assetManager = manager;
        assetName = underlyingName;
        assetSymbol = underlyingSymbol;
        _decimals = tokenDecimals;
    }

    function mint(address owner, uint256 amount) external onlyAssetManager {
        _mint(owner, amount);
    }

    function burn(address owner, uint256 amount) external onlyAssetManager {
        _burn(owner, amount);
    }

    function decimals() public view override(ERC20, IERC20Metadata) returns (uint8) {
        return _decimals;
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IERC20).interfaceId ||
            id == type(IERC20Metadata).interfaceId ||
            id == type(IFAsset).interfaceId;
    }

    function _beforeTokenTransfer(address from, address to, uint256 amount) internal view override {
        require(from == address(0) || balanceOf(from) >= amount, FAssetBalanceTooLow());
        require(from != to, CannotTransferToSelf());
        EmergencyPause.Level level = IManager(assetManager).emergencyPauseLevel();
        require(level < EmergencyPause.Level.FULL_AND_TRANSFER, EmergencyPauseOfTransfersActive());
    }
}
