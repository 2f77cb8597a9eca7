// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {IPriceReader} from "../../interfaces/IPriceReader.sol";
import {State} from "./Types.sol";
import {Store} from "./Store.sol";

/// What an amount of the asset is worth in a collateral token, at the price of this very block. Trusted prices only
/// count in what is told of an agent's collateral ratios.
library Prices {
    using Math for uint256;

    error ZeroPrice();
    error UnknownToken();

    /// A price is token wei per AMG, times this.
    uint256 internal constant SCALE = 1e9;
    uint256 private constant SCALE_EXPONENT = 9;

    /// ⌊asset price · 10^(token decimals + token feed decimals + 9 − minting decimals − asset feed decimals) / token price⌋
    function amgPrice(CollateralType.Data storage collateral) internal view returns (uint256) {
        (uint256 assetPrice, uint256 assetFeedDecimals) = _feed(collateral.assetFtsoSymbol);
        (uint256 tokenPrice, uint256 tokenFeedDecimals) = collateral.directPricePair
            ? (1, 0)
            : _feed(collateral.tokenFtsoSymbol);
        return _amgPrice(collateral, assetPrice, assetFeedDecimals, tokenPrice, tokenFeedDecimals);
    }

    /// By the trusted providers, where they submitted both feeds lately; else the ordinary price.
    function trustedAmgPrice(CollateralType.Data storage collateral) internal view returns (uint256) {
        (bool isAssetTrusted, uint256 assetPrice, uint256 assetFeedDecimals) = _trusted(collateral.assetFtsoSymbol);
        (bool isTokenTrusted, uint256 tokenPrice, uint256 tokenFeedDecimals) = collateral.directPricePair
            ? (true, 1, 0)
            : _trusted(collateral.tokenFtsoSymbol);
        if (!isAssetTrusted || !isTokenTrusted) return amgPrice(collateral);
        return _amgPrice(collateral, assetPrice, assetFeedDecimals, tokenPrice, tokenFeedDecimals);
    }

    function tokenWei(uint256 amountAmg, uint256 price) internal pure returns (uint256) {
        return amountAmg.mulDiv(price, SCALE);
    }

    /// US dollars with 5 decimals in a collateral token.
    function fromUsd5(uint256 amountUsd5, CollateralType.Data storage collateral) internal view returns (uint256) {
        if (bytes(collateral.tokenFtsoSymbol).length == 0) {
            return amountUsd5.mulDiv(10 ** collateral.decimals, 1e5);
        }
        (uint256 tokenPrice, uint256 feedDecimals) = _feed(collateral.tokenFtsoSymbol);
        return amountUsd5.mulDiv(10 ** (collateral.decimals + feedDecimals - 5), tokenPrice);
    }

    function typeIndex(CollateralType.Class class, IERC20 token) internal view returns (uint256) {
        State storage state = Store.get();
        for (uint256 i = 0; i < state.collateralTypes.length; i++) {
            CollateralType.Data storage candidate = state.collateralTypes[i];
            if (candidate.token == token && candidate.collateralClass == class) return i;
        }
        revert UnknownToken();
    }

    function _feed(string storage symbol) private view returns (uint256 price, uint256 decimals) {
        (price, , decimals) = IPriceReader(Store.settings().priceReader).getPrice(symbol);
        require(price != 0, ZeroPrice());
    }

    function _trusted(
        string storage symbol
    ) private view returns (bool counts, uint256 price, uint256 decimals) {
        IPriceReader reader = IPriceReader(Store.settings().priceReader);
        (, uint256 ordinaryAt, ) = reader.getPrice(symbol);
        uint256 trustedAt;
        uint8 submits;
        (price, trustedAt, decimals, submits) = reader.getPriceFromTrustedProvidersWithQuality(symbol);
        counts = submits > 0 && trustedAt + Store.settings().maxTrustedPriceAgeSeconds >= ordinaryAt;
        require(!counts || price != 0, ZeroPrice());
    }

    function _amgPrice(
        CollateralType.Data storage collateral,
        uint256 assetPrice,
        uint256 assetFeedDecimals,
        uint256 tokenPrice,
        uint256 tokenFeedDecimals
    ) private view returns (uint256) {
        uint256 exponent = collateral.decimals + tokenFeedDecimals + SCALE_EXPONENT;
        exponent -= Store.settings().assetMintingDecimals + assetFeedDecimals;
        return assetPrice.mulDiv(10 ** exponent, tokenPrice);
    }
}
