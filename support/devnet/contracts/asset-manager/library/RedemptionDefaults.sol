// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Agents} from "./Agents.sol";
import {Backing} from "./Backing.sol";
import {Collateral} from "./Collateral.sol";
import {Payouts} from "./Payouts.sol";
import {Prices} from "./Prices.sol";
import {Store} from "./Store.sol";
import {Agent, Redemption} from "./Types.sol";
import {Units} from "./Units.sol";

/// Pays a redeemer in collateral because the agent did not pay on the underlying chain.
library RedemptionDefaults {
    using Agents for Agent;
    using Collateral for Collateral.Holding;
    using Math for uint256;
    using Units for uint256;

    error NotEnoughAgentPoolTokensToCoverFailedVaultPayment();
    error NotEnoughPoolCollateralToCoverFailedVaultPayment();

    function execute(Agent storage agent, Redemption storage request, uint256 id) internal {
        (uint256 vaultWei, uint256 poolWei) = _payout(agent, request);
        if (!Payouts.tryFromVault(agent, request.redeemer, vaultWei)) {
            poolWei += _poolReplacement(agent, request, vaultWei, poolWei);
            vaultWei = 0;
        }
        if (poolWei > 0) Payouts.fromPool(agent, request.redeemer, poolWei);
        Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
        emit IAssetManagerEvents.RedemptionDefault(
            agent.vault,
            request.redeemer,
            id,
            request.valueUba,
            vaultWei,
            poolWei
        );
    }

    /// The gross value in vault collateral with the premium; what the vault's share cannot cover is paid by the pool at
    /// plain value. A self-close exit gets plain value and nothing from the pool it just left.
    function _payout(
        Agent storage agent,
        Redemption storage request
    ) private view returns (uint256 vaultWei, uint256 poolWei) {
        uint256 valueAmg = request.valueAmg;
        Collateral.Holding memory vault = Collateral.ofVault(agent);
        uint256 maxVaultWei = vault.maxPayoutWei(agent, valueAmg);
        vaultWei = Prices.tokenWei(valueAmg, vault.amgPrice);
        if (request.poolSelfClose) return (Math.min(vaultWei, maxVaultWei), 0);
        vaultWei = vaultWei.bips(Store.settings().redemptionDefaultFactorVaultCollateralBIPS);
        if (vaultWei > maxVaultWei) {
            Collateral.Holding memory pool = Collateral.ofPool(agent);
            uint256 uncoveredAmg = valueAmg.mulDiv(vaultWei - maxVaultWei, vaultWei);
            poolWei = Math.min(
                Prices.tokenWei(uncoveredAmg, pool.amgPrice),
                pool.maxPayoutWei(agent, valueAmg)
            );
            vaultWei = maxVaultWei;
        }
    }

    /// When the vault's token refuses to be paid out, the pool pays instead, if the agent's own tokens can answer for it.
    function _poolReplacement(
        Agent storage agent,
        Redemption storage request,
        uint256 vaultWei,
        uint256 poolWei
    ) private view returns (uint256 extraPoolWei) {
        Collateral.Holdings memory holdings = Collateral.all(agent);
        uint256 neededTokensWei = vaultWei.mulDiv(holdings.agentTokens.amgPrice, holdings.vault.amgPrice);
        uint256 otherAmg = agent.totalBackedAmg() - request.valueAmg;
        uint256 lockedTokensWei = Prices.tokenWei(otherAmg, holdings.agentTokens.amgPrice).bips(
            Store.settings().mintingPoolHoldingsRequiredBIPS
        );
        require(
            lockedTokensWei + neededTokensWei <= holdings.agentTokens.fullWei,
            NotEnoughAgentPoolTokensToCoverFailedVaultPayment()
        );
        extraPoolWei = vaultWei.mulDiv(holdings.pool.amgPrice, holdings.vault.amgPrice);
        require(
            poolWei + extraPoolWei <= holdings.pool.maxPayoutWei(agent, request.valueAmg),
            NotEnoughPoolCollateralToCoverFailedVaultPayment()
        );
    }
}
