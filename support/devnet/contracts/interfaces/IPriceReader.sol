// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// Prices by feed symbol, in US dollars · 10^decimals.
interface IPriceReader {
    /// A new price of at least one symbol is in force from here on.
    event PricesPublished(uint32 indexed votingRoundId);

    function getPrice(
        string memory symbol
    ) external view returns (uint256 _price, uint256 _timestamp, uint256 _priceDecimals);

    /// Nothing counts where nobody submitted.
    function getPriceFromTrustedProvidersWithQuality(
        string memory _symbol
    ) external view returns (uint256 _price, uint256 _timestamp, uint256 _priceDecimals, uint8 _numberOfSubmits);
}
