// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IFdcHub} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcHub.sol";
import {
    IFdcInflationConfigurations
} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcInflationConfigurations.sol";
import {
    IFdcRequestFeeConfigurations
} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcRequestFeeConfigurations.sol";

/**
 * Stand-in of Flare's FdcHub: takes requests and their fees. It keeps the fees, where the real one rewards providers,
 * and gives no overpayment back, like the real one.
 */
contract FdcHub is IFdcHub {
    IFdcRequestFeeConfigurations public immutable fdcRequestFeeConfigurations;
    IFdcInflationConfigurations public constant fdcInflationConfigurations = IFdcInflationConfigurations(address(0));
    uint8 public constant requestsOffsetSeconds = 0;

    constructor(IFdcRequestFeeConfigurations _fdcRequestFeeConfigurations) {
        fdcRequestFeeConfigurations = _fdcRequestFeeConfigurations;
    }

    function requestAttestation(bytes calldata _data) external payable {
        uint256 fee = fdcRequestFeeConfigurations.getRequestFee(_data);
        require(msg.value >= fee, "fee to low, call getRequestFee to get the required fee amount");
        emit AttestationRequest(_data, msg.value);
    }
}
