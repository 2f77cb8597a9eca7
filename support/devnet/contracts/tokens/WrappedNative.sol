// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IWrappedNative} from "../interfaces/IWrappedNative.sol";

/// WNat: the native coin as an ERC-20, one to one. No vote power, no delegation, no history.
contract WrappedNative is ERC20("Wrapped Coston2Flare", "WC2FLR"), IWrappedNative {
    event Deposit(address indexed dst, uint256 amount);
    event Withdrawal(address indexed src, uint256 amount);

    error WithdrawalFailed();

    receive() external payable {
        _depositFor(msg.sender);
    }

    function deposit() external payable {
        _depositFor(msg.sender);
    }

    function depositTo(address recipient) external payable {
        _depositFor(recipient);
    }

    function withdraw(uint256 amount) external {
        _withdrawFrom(msg.sender, amount);
    }

    /// Burns the owner's tokens by the caller's allowance and pays the caller.
    function withdrawFrom(address owner, uint256 amount) external {
        _spendAllowance(owner, msg.sender, amount);
        _withdrawFrom(owner, amount);
    }

    function _depositFor(address recipient) private {
        _mint(recipient, msg.value);
        emit Deposit(recipient, msg.value);
    }

    function _withdrawFrom(address owner, uint256 amount) private {
        _burn(owner, amount);
        emit Withdrawal(owner, amount);
        (bool paid, ) = msg.sender.call{value: amount}("");
        require(paid, WithdrawalFailed());
    }
}
