// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// Vault collateral of the devnet: a stablecoin whose owner mints at will and may block accounts, as issuers do.
contract TestToken is ERC20, Ownable {
    error AccountBlocked();

    uint8 private immutable _decimals;
    mapping(address => bool) public blocked;

    constructor(string memory name, string memory symbol, uint8 tokenDecimals) ERC20(name, symbol) {
        _decimals = tokenDecimals;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mintAmount(address account, uint256 amount) external onlyOwner {
        _mint(account, amount);
    }

    function setBlocked(address account, bool isBlocked) external onlyOwner {
        blocked[account] = isBlocked;
    }

    function _beforeTokenTransfer(address from, address to, uint256) internal view override {
        require(!blocked[from] && !blocked[to], AccountBlocked());
    }
}
