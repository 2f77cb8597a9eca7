// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {Agents} from "../library/Agents.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Prices} from "../library/Prices.sol";
import {Store} from "../library/Store.sol";
import {Agent} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// What anybody can read of an agent, and what its vault and pool ask. Liquidation figures stay zero: nobody is
/// liquidated on the devnet.
contract AgentInfoFacet is Facet {
    using Agents for Agent;
    using Collateral for Collateral.Holding;
    using Collateral for Collateral.Holdings;
    using SafeCast for uint256;
    using Units for uint256;

    function getAgentInfo(address agentVault) external view returns (AgentInfo.Info memory info) {
        Agent storage agent = Agents.getAny(agentVault);
        _fillIdentity(info, agent);
        _fillTerms(info, agent);
        _fillCollateral(info, agent);
        _fillBacking(info, agent);
    }

    function getCollateralPool(address agentVault) external view returns (address) {
        return address(Agents.getAny(agentVault).pool);
    }

    function getAgentVaultOwner(address agentVault) external view returns (address _ownerManagementAddress) {
        return Agents.getAny(agentVault).ownerManagementAddress;
    }

    function getAgentVaultCollateralToken(address agentVault) external view returns (IERC20) {
        return Agents.getAny(agentVault).vaultCollateral().token;
    }

    function getAgentFullVaultCollateral(address agentVault) external view returns (uint256) {
        return Collateral.ofVault(Agents.getAny(agentVault)).fullWei;
    }

    function getAgentFullPoolCollateral(address agentVault) external view returns (uint256) {
        return Collateral.ofPool(Agents.getAny(agentVault)).fullWei;
    }

    function getAgentMinVaultCollateralRatioBIPS(address agentVault) external view returns (uint256) {
        return Agents.getAny(agentVault).vaultCollateral().minCollateralRatioBIPS;
    }

    function getAgentMinPoolCollateralRatioBIPS(address agentVault) external view returns (uint256) {
        Agents.getAny(agentVault);
        return Agents.poolCollateral().minCollateralRatioBIPS;
    }

    function getAgentLiquidationFactorsAndMaxAmount(
        address agentVault
    )
        external
        view
        returns (
            uint256 liquidationPaymentFactorVaultBIPS,
            uint256 liquidationPaymentFactorPoolBIPS,
            uint256 maxLiquidationAmountUBA
        )
    {
        Agents.getAny(agentVault);
        return (0, 0, 0);
    }

    function isAgentVaultOwner(address agentVault, address account) external view returns (bool) {
        return Agents.getAny(agentVault).isOwner(account);
    }

    /// Neither the vault's collateral nor its pool tokens may leave as "external tokens".
    function isLockedVaultToken(address agentVault, IERC20 token) external view returns (bool) {
        Agent storage agent = Agents.get(agentVault);
        return token == agent.vaultCollateral().token || token == agent.pool.poolToken();
    }

    function isVaultCollateralToken(IERC20 token) external view returns (bool) {
        CollateralType.Data[] storage types = Store.get().collateralTypes;
        for (uint256 i = 0; i < types.length; i++) {
            if (types[i].token == token && types[i].collateralClass == CollateralType.Class.VAULT) return true;
        }
        return false;
    }

    function getFAssetsBackedByPool(address agentVault) external view returns (uint256) {
        Agent storage agent = Agents.get(agentVault);
        return (agent.reservedAmg + agent.mintedAmg + agent.poolRedeemingAmg).uba();
    }

    /// Value of x UBA in native wei is x · multiplier / divisor.
    function assetPriceNatWei() external view returns (uint256 _multiplier, uint256 _divisor) {
        _multiplier = Prices.amgPrice(Agents.poolCollateral());
        _divisor = Prices.SCALE.uba();
    }

    function getWorkAddress(address managementAddress) external view returns (address) {
        return Agents.registry().getWorkAddress(managementAddress);
    }

    function getWNat() external view returns (address) {
        return address(Store.wNat());
    }

    function _fillIdentity(AgentInfo.Info memory info, Agent storage agent) private view {
        info.status = agent.status;
        info.ownerManagementAddress = agent.ownerManagementAddress;
        info.ownerWorkAddress = agent.workAddress();
        info.collateralPool = address(agent.pool);
        info.collateralPoolToken = address(agent.pool.poolToken());
        info.underlyingAddressString = agent.underlyingAddress;
        info.publiclyAvailable = agent.availablePosition != 0;
        info.vaultCollateralToken = agent.vaultCollateral().token;
        info.poolWNatToken = Store.wNat();
        info.liquidationStartTimestamp = agent.liquidationStartedAt;
        info.announcedUnderlyingWithdrawalId = agent.underlyingWithdrawalId;
    }

    function _fillTerms(AgentInfo.Info memory info, Agent storage agent) private view {
        info.feeBIPS = agent.feeBIPS;
        info.poolFeeShareBIPS = agent.poolFeeShareBIPS;
        info.redemptionPoolFeeShareBIPS = agent.redemptionPoolFeeShareBIPS;
        (info.mintingVaultCollateralRatioBIPS, ) = Collateral.ratiosBips(agent, Collateral.Kind.VAULT);
        (info.mintingPoolCollateralRatioBIPS, ) = Collateral.ratiosBips(agent, Collateral.Kind.POOL);
        info.buyFAssetByAgentFactorBIPS = agent.buyFAssetByAgentFactorBIPS;
        info.poolExitCollateralRatioBIPS = agent.pool.exitCollateralRatioBIPS();
    }

    function _fillCollateral(AgentInfo.Info memory info, Agent storage agent) private view {
        Collateral.Holdings memory holdings = Collateral.all(agent);
        info.freeCollateralLots = holdings.freeLots(agent);
        info.totalVaultCollateralWei = holdings.vault.fullWei;
        info.freeVaultCollateralWei = holdings.vault.freeWei(agent);
        info.vaultCollateralRatioBIPS = holdings.vault.ratioBips(agent);
        info.totalPoolCollateralNATWei = holdings.pool.fullWei;
        info.freePoolCollateralNATWei = holdings.pool.freeWei(agent);
        info.poolCollateralRatioBIPS = holdings.pool.ratioBips(agent);
        info.totalAgentPoolTokensWei = holdings.agentTokens.fullWei;
        info.freeAgentPoolTokensWei = holdings.agentTokens.freeWei(agent);
        info.announcedVaultCollateralWithdrawalWei = agent.vaultCollateralWithdrawal.amountWei;
        info.announcedPoolTokensWithdrawalWei = agent.poolTokenWithdrawal.amountWei;
    }

    function _fillBacking(AgentInfo.Info memory info, Agent storage agent) private view {
        info.mintedUBA = agent.mintedAmg.uba();
        info.reservedUBA = agent.reservedAmg.uba();
        info.redeemingUBA = agent.redeemingAmg.uba();
        info.poolRedeemingUBA = agent.poolRedeemingAmg.uba();
        info.dustUBA = agent.dustAmg.uba();
        info.underlyingBalanceUBA = agent.underlyingBalanceUba;
        info.requiredUnderlyingBalanceUBA = Underlying.requiredBalance(agent);
        info.freeUnderlyingBalanceUBA = info.underlyingBalanceUBA - info.requiredUnderlyingBalanceUBA.toInt256();
    }
}
