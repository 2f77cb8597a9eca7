// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IAgentOwnerRegistry} from "@flarenetwork/flare-periphery-contracts/coston2/IAgentOwnerRegistry.sol";
import {Governed} from "./Governed.sol";

/// Who may own agents, what they call themselves, and the hot wallet ("work address") each of them works with.
contract AgentOwnerRegistry is IAgentOwnerRegistry, Governed {
    struct Description {
        string name;
        string description;
        string iconUrl;
        string termsOfUseUrl;
    }

    error OnlyGovernanceOrManager();
    error AddressZero();
    error CannotUseAManagementAddressAsWorkAddress();
    error NotAPendingWorkAddress();

    mapping(address => bool) public isWhitelisted;
    mapping(address => address) public getWorkAddress;
    mapping(address => address) public getManagementAddress;
    mapping(address => address) public getPendingWorkAddress;
    mapping(address => Description) private descriptions;

    modifier onlyGovernanceOrManager() {
        require(msg.sender == governance, OnlyGovernanceOrManager());
        _;
    }

    function whitelistAndDescribeAgent(
        address managementAddress,
        string memory name,
        string memory description,
        string memory iconUrl,
        string memory termsOfUseUrl
    ) external onlyGovernanceOrManager {
        require(managementAddress != address(0), AddressZero());
        if (!isWhitelisted[managementAddress]) {
            isWhitelisted[managementAddress] = true;
            emit Whitelisted(managementAddress);
        }
        descriptions[managementAddress] = Description(name, description, iconUrl, termsOfUseUrl);
        emit AgentDataChanged(managementAddress, name, description, iconUrl, termsOfUseUrl);
    }

    function revokeAddress(address managementAddress) external onlyGovernanceOrManager {
        if (!isWhitelisted[managementAddress]) return;
        isWhitelisted[managementAddress] = false;
        emit WhitelistingRevoked(managementAddress);
    }

    /// Names a work address, which must accept; zero removes the present one at once.
    function setWorkAddress(address workAddress) external {
        require(isWhitelisted[msg.sender], AgentNotWhitelisted());
        require(!isWhitelisted[workAddress], CannotUseAManagementAddressAsWorkAddress());
        require(workAddress == address(0) || getManagementAddress[workAddress] == address(0), WorkAddressInUse());
        getPendingWorkAddress[msg.sender] = workAddress;
        if (workAddress == address(0)) _changeWorkAddress(msg.sender, address(0));
    }

    function acceptWorkAddressAssignment(address managementAddress) external {
        require(getPendingWorkAddress[managementAddress] == msg.sender, NotAPendingWorkAddress());
        require(isWhitelisted[managementAddress], AgentNotWhitelisted());
        require(!isWhitelisted[msg.sender], CannotUseAManagementAddressAsWorkAddress());
        require(getManagementAddress[msg.sender] == address(0), WorkAddressInUse());
        getPendingWorkAddress[managementAddress] = address(0);
        _changeWorkAddress(managementAddress, msg.sender);
    }

    function getAgentName(address managementAddress) external view returns (string memory) {
        return descriptions[managementAddress].name;
    }

    function getAgentDescription(address managementAddress) external view returns (string memory) {
        return descriptions[managementAddress].description;
    }

    function getAgentIconUrl(address managementAddress) external view returns (string memory) {
        return descriptions[managementAddress].iconUrl;
    }

    function getAgentTermsOfUseUrl(address managementAddress) external view returns (string memory) {
        return descriptions[managementAddress].termsOfUseUrl;
    }

    function _changeWorkAddress(address managementAddress, address workAddress) private {
        address previous = getWorkAddress[managementAddress];
        if (previous != address(0)) getManagementAddress[previous] = address(0);
        getWorkAddress[managementAddress] = workAddress;
        if (workAddress != address(0)) getManagementAddress[workAddress] = managementAddress;
        emit WorkAddressChanged(managementAddress, previous, workAddress);
    }
}
