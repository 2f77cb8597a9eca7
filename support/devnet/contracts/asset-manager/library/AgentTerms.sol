// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Agents} from "./Agents.sol";
import {Agent} from "./Types.sol";
import {Units} from "./Units.sol";

/// The terms an agent chooses, each with its allowed range.
library AgentTerms {
    using Agents for Agent;

    error CollateralRatioTooSmall();
    error FeeTooHigh();
    error ValueTooHigh();
    error ValueTooLow();
    error IncreaseTooBig();

    uint256 private constant MIN_BUY_FACTOR_BIPS = 9000;

    function setFee(Agent storage agent, uint256 value) internal {
        require(value <= Units.MAX_BIPS, FeeTooHigh());
        agent.feeBIPS = value;
    }

    function setPoolFeeShare(Agent storage agent, uint256 value) internal {
        require(value <= Units.MAX_BIPS, ValueTooHigh());
        agent.poolFeeShareBIPS = value;
    }

    function setRedemptionPoolFeeShare(Agent storage agent, uint256 value) internal {
        require(value <= Units.MAX_BIPS, ValueTooHigh());
        agent.redemptionPoolFeeShareBIPS = value;
    }

    function setMintingVaultRatio(Agent storage agent, uint256 value) internal {
        require(value >= agent.vaultCollateral().minCollateralRatioBIPS, CollateralRatioTooSmall());
        agent.mintingVaultCollateralRatioBIPS = value;
    }

    function setMintingPoolRatio(Agent storage agent, uint256 value) internal {
        require(value >= Agents.poolCollateral().minCollateralRatioBIPS, CollateralRatioTooSmall());
        agent.mintingPoolCollateralRatioBIPS = value;
    }

    function setBuyFactor(Agent storage agent, uint256 value) internal {
        require(value <= Units.MAX_BIPS, ValueTooHigh());
        require(value >= MIN_BUY_FACTOR_BIPS, ValueTooLow());
        agent.buyFAssetByAgentFactorBIPS = value;
    }

    /// From the system's minimum to three times that, by at most half at a time.
    function setPoolExitRatio(Agent storage agent, uint256 value) internal {
        uint256 minimum = Agents.poolCollateral().minCollateralRatioBIPS;
        uint256 current = agent.pool.exitCollateralRatioBIPS();
        require(value >= minimum, ValueTooLow());
        require(value <= (current * 3) / 2 || value <= (minimum * 12) / 10, IncreaseTooBig());
        require(value <= minimum * 3, ValueTooHigh());
        agent.pool.setExitCollateralRatioBIPS(value);
    }
}
