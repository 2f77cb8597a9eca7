// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {RateWindow} from "./Types.sol";

/// How fast direct mintings may come: what exceeds a window's limit has to wait for windows to come.
library RateLimits {
    /// Counts an amount; returns when it may be minted, which is now unless the limit is reached.
    function count(
        RateWindow storage window,
        uint256 lengthS,
        uint256 limitAmg,
        uint256 amountAmg
    ) internal returns (uint256 allowedAt) {
        uint256 elapsed = (block.timestamp - window.startS) / lengthS;
        uint256 forgottenAmg = elapsed * limitAmg;
        window.startS += elapsed * lengthS;
        window.mintedAmg = window.mintedAmg > forgottenAmg ? window.mintedAmg - forgottenAmg : 0;
        window.mintedAmg += amountAmg;
        if (window.mintedAmg < limitAmg) return block.timestamp;
        return window.startS + (lengthS * window.mintedAmg) / limitAmg;
    }

    function isReached(RateWindow storage window, uint256 limitAmg) internal view returns (bool) {
        return window.mintedAmg >= limitAmg;
    }
}
