// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {AgentSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentSettings.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {IAddressValidity} from "@flarenetwork/flare-periphery-contracts/coston2/IAddressValidity.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IAgentVault} from "../../interfaces/IAgentVault.sol";
import {CollateralPool} from "../../pool/CollateralPool.sol";
import {CollateralPoolToken} from "../../pool/CollateralPoolToken.sol";
import {Agents} from "../library/Agents.sol";
import {AgentTerms} from "../library/AgentTerms.sol";
import {CoreVault} from "../library/CoreVault.sol";
import {Facet} from "../library/Facet.sol";
import {Prices} from "../library/Prices.sol";
import {Proofs} from "../library/Proofs.sol";
import {Store} from "../library/Store.sol";
import {Agent, State} from "../library/Types.sol";

/// Birth and end of an agent. Its vault, pool and pool token are clones of templates, whose addresses stand where the
/// real settings have factories; so there is nothing to upgrade.
contract AgentVaultFacet is Facet {
    using Agents for Agent;
    using AgentTerms for Agent;
    using Clones for address;

    uint256 private constant MIN_SUFFIX_LENGTH = 2;
    uint256 private constant MAX_SUFFIX_LENGTH = 20;

    error SuffixReserved();
    error SuffixInvalidFormat();
    error AddressInvalid();
    error AddressUsedByCoreVault();
    error AddressAlreadyClaimed();
    error AgentStillAvailable();
    error AgentStillActive();
    error DestroyNotAnnounced();
    error DestroyNotAllowedYet();

    function createAgentVault(
        IAddressValidity.Proof calldata addressProof,
        AgentSettings.Data calldata terms
    ) external onlyAttached notPaused returns (address _agentVault) {
        _reserveSuffix(terms.poolTokenSuffix);
        address management = _managementAddress();
        Agents.requireWhitelisted(management);
        Proofs.requireAddressValidity(addressProof);
        IAddressValidity.ResponseBody calldata proven = addressProof.data.responseBody;
        require(proven.isValid, AddressInvalid());
        require(proven.standardAddressHash != CoreVault.addressHash(), AddressUsedByCoreVault());
        _agentVault = Store.settings().agentVaultFactory.clone();
        Agent storage agent = Store.get().agents[_agentVault];
        agent.vault = _agentVault;
        agent.status = AgentInfo.Status.NORMAL;
        agent.ownerManagementAddress = management;
        agent.vaultCollateralIndex = Prices.typeIndex(CollateralType.Class.VAULT, terms.vaultCollateralToken);
        _setTerms(agent, terms);
        _claimUnderlyingAddress(agent, proven);
        _createPool(agent, terms);
        agent.setPoolExitRatio(terms.poolExitCollateralRatioBIPS);
        agent.setRedemptionPoolFeeShare(terms.redemptionPoolFeeShareBIPS);
        agent.allAgentsPosition = Store.get().allAgents.length;
        Store.get().allAgents.push(_agentVault);
        _emitCreated(agent, terms);
    }

    function announceDestroyAgent(
        address agentVault
    ) external notPaused onlyAgentOwner(agentVault) returns (uint256 _destroyAllowedAt) {
        Agent storage agent = Agents.get(agentVault);
        require(agent.availablePosition == 0, AgentStillAvailable());
        require(agent.totalBackedAmg() == 0, AgentStillActive());
        if (agent.status != AgentInfo.Status.DESTROYING) {
            agent.status = AgentInfo.Status.DESTROYING;
            agent.destroyAllowedAt = block.timestamp + Store.settings().withdrawalWaitMinSeconds;
            emit IAssetManagerEvents.AgentDestroyAnnounced(agentVault, agent.destroyAllowedAt);
        }
        return agent.destroyAllowedAt;
    }

    function destroyAgent(
        address agentVault,
        address payable recipient
    ) external notFullyPaused onlyAgentOwner(agentVault) {
        State storage state = Store.get();
        Agent storage agent = Agents.get(agentVault);
        require(agent.status == AgentInfo.Status.DESTROYING, DestroyNotAnnounced());
        require(block.timestamp > agent.destroyAllowedAt, DestroyNotAllowedYet());
        agent.pool.destroy(recipient);
        IAgentVault(agentVault).destroy();
        address last = state.allAgents[state.allAgents.length - 1];
        state.allAgents[agent.allAgentsPosition] = last;
        state.agents[last].allAgentsPosition = agent.allAgentsPosition;
        state.allAgents.pop();
        agent.status = AgentInfo.Status.DESTROYED;
        emit IAssetManagerEvents.AgentDestroyed(agentVault);
    }

    function isPoolTokenSuffixReserved(string memory suffix) external view returns (bool) {
        return Store.get().usedPoolTokenSuffixes[suffix];
    }

    function _setTerms(Agent storage agent, AgentSettings.Data calldata terms) private {
        agent.setMintingVaultRatio(terms.mintingVaultCollateralRatioBIPS);
        agent.setMintingPoolRatio(terms.mintingPoolCollateralRatioBIPS);
        agent.setFee(terms.feeBIPS);
        agent.setPoolFeeShare(terms.poolFeeShareBIPS);
        agent.setBuyFactor(terms.buyFAssetByAgentFactorBIPS);
    }

    function _claimUnderlyingAddress(Agent storage agent, IAddressValidity.ResponseBody calldata proven) private {
        State storage state = Store.get();
        require(!state.usedUnderlyingAddresses[proven.standardAddressHash], AddressAlreadyClaimed());
        state.usedUnderlyingAddresses[proven.standardAddressHash] = true;
        agent.underlyingAddress = proven.standardAddress;
        agent.underlyingAddressHash = proven.standardAddressHash;
        agent.underlyingBlockAtCreation = state.clock.blockNumber;
    }

    function _createPool(Agent storage agent, AgentSettings.Data calldata terms) private {
        AssetManagerSettings.Data storage settings = Store.settings();
        CollateralPool pool = CollateralPool(payable(settings.collateralPoolFactory.clone()));
        CollateralPoolToken token = CollateralPoolToken(settings.collateralPoolTokenFactory.clone());
        token.initialize(address(pool), string.concat(settings.poolTokenSuffix, "-", terms.poolTokenSuffix));
        pool.initialize(agent.vault, token, terms.poolExitCollateralRatioBIPS);
        agent.pool = pool;
    }

    /// A suffix is burned for ever; upper case, digits and inner hyphens.
    function _reserveSuffix(string calldata suffix) private {
        State storage state = Store.get();
        require(!state.usedPoolTokenSuffixes[suffix], SuffixReserved());
        state.usedPoolTokenSuffixes[suffix] = true;
        bytes calldata characters = bytes(suffix);
        uint256 length = characters.length;
        require(length >= MIN_SUFFIX_LENGTH && length <= MAX_SUFFIX_LENGTH, SuffixInvalidFormat());
        for (uint256 i = 0; i < length; i++) {
            bytes1 character = characters[i];
            bool isLetter = character >= "A" && character <= "Z";
            bool isDigit = character >= "0" && character <= "9";
            bool isInnerHyphen = character == "-" && i > 0 && i < length - 1;
            require(isLetter || isDigit || isInnerHyphen, SuffixInvalidFormat());
        }
    }

    function _managementAddress() private view returns (address) {
        address management = Agents.registry().getManagementAddress(msg.sender);
        return management != address(0) ? management : msg.sender;
    }

    function _emitCreated(Agent storage agent, AgentSettings.Data calldata terms) private {
        IAssetManagerEvents.AgentVaultCreationData memory data;
        data.collateralPool = address(agent.pool);
        data.collateralPoolToken = address(agent.pool.poolToken());
        data.underlyingAddress = agent.underlyingAddress;
        data.vaultCollateralToken = address(terms.vaultCollateralToken);
        data.poolWNatToken = address(Store.wNat());
        data.feeBIPS = terms.feeBIPS;
        data.poolFeeShareBIPS = terms.poolFeeShareBIPS;
        data.mintingVaultCollateralRatioBIPS = terms.mintingVaultCollateralRatioBIPS;
        data.mintingPoolCollateralRatioBIPS = terms.mintingPoolCollateralRatioBIPS;
        data.buyFAssetByAgentFactorBIPS = terms.buyFAssetByAgentFactorBIPS;
        data.poolExitCollateralRatioBIPS = terms.poolExitCollateralRatioBIPS;
        data.redemptionPoolFeeShareBIPS = terms.redemptionPoolFeeShareBIPS;
        emit IAssetManagerEvents.AgentVaultCreated(agent.ownerManagementAddress, agent.vault, data);
    }
}
