// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IPriceReader} from "../interfaces/IPriceReader.sol";

/// Prices by symbol, set by the owner. There are no trusted providers: nobody ever submitted, so their prices do not
/// count. Prices never grow too old.
contract PriceReader is IPriceReader, Ownable {
    struct Price {
        uint256 value;
        uint256 timestamp;
        uint256 decimals;
    }

    /// Voting epochs of the real price store on Coston2.
    uint256 private constant FIRST_EPOCH_START_S = 1_658_430_000;
    uint256 private constant EPOCH_S = 90;

    error PriceNotInitialized();

    mapping(string => Price) private prices;

    constructor(string[] memory symbols, uint256[] memory values, uint256[] memory decimals) {
        for (uint256 i = 0; i < symbols.length; i++) {
            prices[symbols[i]] = Price(values[i], block.timestamp, decimals[i]);
        }
    }

    function setPrice(string calldata symbol, uint256 value, uint256 decimals) external onlyOwner {
        prices[symbol] = Price(value, block.timestamp, decimals);
        emit PricesPublished(uint32((block.timestamp - FIRST_EPOCH_START_S) / EPOCH_S));
    }

    function getPrice(
        string memory symbol
    ) public view returns (uint256 _price, uint256 _timestamp, uint256 _priceDecimals) {
        Price storage price = prices[symbol];
        require(price.timestamp != 0, PriceNotInitialized());
        return (price.value, price.timestamp, price.decimals);
    }

    function getPriceFromTrustedProviders(
        string memory symbol
    ) external view returns (uint256 _price, uint256 _timestamp, uint256 _priceDecimals) {
        return getPrice(symbol);
    }

    function getPriceFromTrustedProvidersWithQuality(
        string memory symbol
    ) external view returns (uint256 _price, uint256 _timestamp, uint256 _priceDecimals, uint8 _numberOfSubmits) {
        (_price, _timestamp, _priceDecimals) = getPrice(symbol);
        _numberOfSubmits = 0;
    }
}
