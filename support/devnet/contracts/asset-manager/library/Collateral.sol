// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Agents} from "./Agents.sol";
import {Prices} from "./Prices.sol";
import {Store} from "./Store.sol";
import {Agent} from "./Types.sol";
import {Units} from "./Units.sol";

/// How much collateral an agent has of each kind, how much of it is locked, and what may be taken from it.
library Collateral {
    using Math for uint256;
    using Units for uint256;
    using Agents for Agent;

    enum Kind {
        VAULT,
        POOL,
        /// The agent's own share of the pool, in pool tokens: required for minting only.
        AGENT_POOL
    }

    struct Holding {
        Kind kind;
        uint256 fullWei;
        uint256 amgPrice;
    }

    struct Holdings {
        Holding vault;
        Holding pool;
        Holding agentTokens;
    }

    uint256 private constant INFINITE_RATIO_BIPS = 1e10;

    function all(Agent storage agent) internal view returns (Holdings memory) {
        Holding memory pool = ofPool(agent);
        return Holdings(ofVault(agent), pool, ofAgentTokens(agent, pool));
    }

    function single(Agent storage agent, Kind kind) internal view returns (Holding memory) {
        if (kind == Kind.VAULT) return ofVault(agent);
        if (kind == Kind.POOL) return ofPool(agent);
        return ofAgentTokens(agent, ofPool(agent));
    }

    function ofVault(Agent storage agent) internal view returns (Holding memory) {
        IERC20 token = agent.vaultCollateral().token;
        return Holding(Kind.VAULT, token.balanceOf(agent.vault), Prices.amgPrice(agent.vaultCollateral()));
    }

    function ofPool(Agent storage agent) internal view returns (Holding memory) {
        return Holding(Kind.POOL, agent.pool.totalCollateral(), Prices.amgPrice(Agents.poolCollateral()));
    }

    /// Price of the asset in pool tokens; in an empty pool a token is worth one native coin.
    function ofAgentTokens(Agent storage agent, Holding memory pool) internal view returns (Holding memory) {
        IERC20 token = agent.pool.poolToken();
        uint256 price = pool.amgPrice;
        if (pool.fullWei != 0) price = price.mulDiv(token.totalSupply(), pool.fullWei);
        return Holding(Kind.AGENT_POOL, token.balanceOf(agent.vault), price);
    }

    function freeLots(Holdings memory holdings, Agent storage agent) internal view returns (uint256) {
        uint256 poolLots = Math.min(_lots(holdings.pool, agent), _lots(holdings.agentTokens, agent));
        return Math.min(_lots(holdings.vault, agent), poolLots);
    }

    function freeWei(Holding memory holding, Agent storage agent) internal view returns (uint256) {
        uint256 locked = lockedWei(holding, agent);
        return holding.fullWei > locked ? holding.fullWei - locked : 0;
    }

    function lockedWei(Holding memory holding, Agent storage agent) internal view returns (uint256) {
        (uint256 mintingBips, uint256 systemBips) = ratiosBips(agent, holding.kind);
        uint256 backingWei = Prices.tokenWei(agent.reservedAmg + agent.mintedAmg, holding.amgPrice);
        uint256 redeemingWei = Prices.tokenWei(_redeemingAmg(agent, holding.kind), holding.amgPrice);
        return backingWei.bips(mintingBips) + redeemingWei.bips(systemBips) + _announcedWei(agent, holding.kind);
    }

    /// The ratio minting needs (the agent's choice, at least the system's) and the system's minimum.
    function ratiosBips(
        Agent storage agent,
        Kind kind
    ) internal view returns (uint256 mintingBips, uint256 systemBips) {
        if (kind == Kind.VAULT) {
            systemBips = agent.vaultCollateral().minCollateralRatioBIPS;
            mintingBips = Math.max(agent.mintingVaultCollateralRatioBIPS, systemBips);
        } else if (kind == Kind.POOL) {
            systemBips = Agents.poolCollateral().minCollateralRatioBIPS;
            mintingBips = Math.max(agent.mintingPoolCollateralRatioBIPS, systemBips);
        } else {
            systemBips = Store.settings().mintingPoolHoldingsRequiredBIPS;
            mintingBips = systemBips;
        }
    }

    /// Present ratio of collateral to everything it backs, by the ordinary or the trusted price: the higher one.
    function ratioBips(Holding memory holding, Agent storage agent) internal view returns (uint256) {
        uint256 trustedPrice = Prices.trustedAmgPrice(
            holding.kind == Kind.VAULT ? agent.vaultCollateral() : Agents.poolCollateral()
        );
        return
            Math.max(_ratioBipsAt(holding, agent, holding.amgPrice), _ratioBipsAt(holding, agent, trustedPrice));
    }

    function _ratioBipsAt(
        Holding memory holding,
        Agent storage agent,
        uint256 price
    ) private view returns (uint256) {
        uint256 backedWei = Prices.tokenWei(_backedAmg(agent, holding.kind), price);
        return backedWei == 0 ? INFINITE_RATIO_BIPS : holding.fullWei.mulDiv(Units.MAX_BIPS, backedWei);
    }

    /// A redemption may take its proportional share of the collateral, no more.
    function maxPayoutWei(
        Holding memory holding,
        Agent storage agent,
        uint256 valueAmg
    ) internal view returns (uint256) {
        return valueAmg == 0 ? 0 : holding.fullWei.mulDiv(valueAmg, _backedAmg(agent, holding.kind));
    }

    function _lots(Holding memory holding, Agent storage agent) private view returns (uint256) {
        uint256 lotAmg = Store.settings().lotSizeAMG;
        uint256 withPoolFeeAmg = lotAmg + lotAmg.bips(agent.feeBIPS).bips(agent.poolFeeShareBIPS);
        (uint256 mintingBips, ) = ratiosBips(agent, holding.kind);
        uint256 lotWei = Prices.tokenWei(withPoolFeeAmg, holding.amgPrice).bips(mintingBips);
        return lotWei == 0 ? 0 : freeWei(holding, agent) / lotWei;
    }

    function _backedAmg(Agent storage agent, Kind kind) private view returns (uint256) {
        return agent.mintedAmg + agent.reservedAmg + _redeemingAmg(agent, kind);
    }

    function _redeemingAmg(Agent storage agent, Kind kind) private view returns (uint256) {
        return kind == Kind.POOL ? agent.poolRedeemingAmg : agent.redeemingAmg;
    }

    function _announcedWei(Agent storage agent, Kind kind) private view returns (uint256) {
        if (kind == Kind.POOL) return 0;
        return kind == Kind.VAULT ? agent.vaultCollateralWithdrawal.amountWei : agent.poolTokenWithdrawal.amountWei;
    }
}
