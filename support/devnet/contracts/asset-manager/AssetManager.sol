// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IAssetManager} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManager.sol";
import {IAgentPing} from "@flarenetwork/flare-periphery-contracts/coston2/IAgentPing.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {ICoreVaultClient} from "@flarenetwork/flare-periphery-contracts/coston2/ICoreVaultClient.sol";
import {ICoreVaultClientSettings} from "@flarenetwork/flare-periphery-contracts/coston2/ICoreVaultClientSettings.sol";
import {IDirectMinting} from "@flarenetwork/flare-periphery-contracts/coston2/IDirectMinting.sol";
import {IDirectMintingSettings} from "@flarenetwork/flare-periphery-contracts/coston2/IDirectMintingSettings.sol";
import {IRedeemExtended} from "@flarenetwork/flare-periphery-contracts/coston2/IRedeemExtended.sol";
import {IRedeemExtendedSettings} from "@flarenetwork/flare-periphery-contracts/coston2/IRedeemExtendedSettings.sol";
import {IRedemptionTimeExtension} from "@flarenetwork/flare-periphery-contracts/coston2/IRedemptionTimeExtension.sol";
import {IDiamondLoupe} from "@flarenetwork/flare-periphery-contracts/coston2/diamond/interfaces/IDiamondLoupe.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {Store} from "./library/Store.sol";
import {ExtraSettings, State} from "./library/Types.sol";

/// The asset manager that everybody talks to: sends each call to the facet that has the function. The table of functions
/// is fixed at deployment; there are no upgrades.
contract AssetManager is IDiamondLoupe, IERC165 {
    struct Setup {
        Facet[] facets;
        address governance;
        AssetManagerSettings.Data settings;
        ExtraSettings extra;
        /// The pool's (wrapped native) first.
        CollateralType.Data[] collateralTypes;
    }

    error FunctionNotFound(bytes4 selector);

    mapping(bytes4 => address) public facetAddress;
    Facet[] private allFacets;

    constructor(Setup memory setup) {
        for (uint256 i = 0; i < setup.facets.length; i++) _addFacet(setup.facets[i]);
        State storage state = Store.get();
        state.governance = setup.governance;
        state.settings = setup.settings;
        state.extra = setup.extra;
        state.attached = true;
        state.hourlyDirectMinting.startS = block.timestamp - (block.timestamp % 1 hours);
        state.dailyDirectMinting.startS = block.timestamp - (block.timestamp % 1 days);
        for (uint256 i = 0; i < setup.collateralTypes.length; i++) _addCollateralType(setup.collateralTypes[i]);
    }

    fallback() external payable {
        address facet = facetAddress[msg.sig];
        require(facet != address(0), FunctionNotFound(msg.sig));
        assembly {
            calldatacopy(0, 0, calldatasize())
            let succeeded := delegatecall(gas(), facet, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if succeeded {
                return(0, returndatasize())
            }
            revert(0, returndatasize())
        }
    }

    function facets() external view returns (Facet[] memory) {
        return allFacets;
    }

    function facetAddresses() external view returns (address[] memory addresses) {
        addresses = new address[](allFacets.length);
        for (uint256 i = 0; i < addresses.length; i++) addresses[i] = allFacets[i].facetAddress;
    }

    function facetFunctionSelectors(address facet) external view returns (bytes4[] memory selectors) {
        for (uint256 i = 0; i < allFacets.length; i++) {
            if (allFacets[i].facetAddress == facet) return allFacets[i].functionSelectors;
        }
    }

    /// What the real asset manager says, apart from what is not built here.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IDiamondLoupe).interfaceId ||
            id == type(IAssetManager).interfaceId ||
            id == type(IAgentPing).interfaceId ||
            id == type(IRedemptionTimeExtension).interfaceId ||
            id == type(ICoreVaultClient).interfaceId ||
            id == type(ICoreVaultClientSettings).interfaceId ||
            id == type(IDirectMinting).interfaceId ||
            id == type(IDirectMintingSettings).interfaceId ||
            id == type(IRedeemExtended).interfaceId ||
            id == type(IRedeemExtendedSettings).interfaceId;
    }

    function _addFacet(Facet memory facet) private {
        allFacets.push(facet);
        for (uint256 i = 0; i < facet.functionSelectors.length; i++) {
            facetAddress[facet.functionSelectors[i]] = facet.facetAddress;
        }
    }

    function _addCollateralType(CollateralType.Data memory added) private {
        Store.get().collateralTypes.push(added);
        emit IAssetManagerEvents.CollateralTypeAdded(
            uint8(added.collateralClass),
            address(added.token),
            added.decimals,
            added.directPricePair,
            added.assetFtsoSymbol,
            added.tokenFtsoSymbol,
            added.minCollateralRatioBIPS,
            added.safetyMinCollateralRatioBIPS
        );
    }
}
