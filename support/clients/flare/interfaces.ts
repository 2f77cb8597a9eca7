/**
 * The contracts' interfaces: the official ABIs, and by hand what those leave out (protocol facts, section 1).
 */
import assetManagerAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IAssetManager.sol/IAssetManager.json' with { type: 'json' };
import { type EventFragment, type FunctionFragment, Interface } from 'ethers';

/**
 * Looks up each function or event only once: ethers hashes every fragment of an ABI for each log (measured: a fifth of a
 * run's computing time).
 */
class KnownInterface extends Interface {
  readonly #functions = new Map<string, FunctionFragment | null>();
  readonly #events = new Map<string, EventFragment | null>();

  override getFunction(key: string, values?: unknown[]): FunctionFragment | null {
    return found(this.#functions, key, () => super.getFunction(key, values));
  }

  override getEvent(key: string, values?: unknown[]): EventFragment | null {
    return found(this.#events, key, () => super.getEvent(key, values));
  }
}

/** No ABI here overloads a name, so the name is enough as a key. */
function found<T>(known: Map<string, T>, key: string, find: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const fragment = find();
  known.set(key, fragment);
  return fragment;
}

export const assetManagerInterface = new KnownInterface(assetManagerAbi);

/** Which functions a diamond has: zero address for one it lacks. */
export const loupeInterface = new KnownInterface(['function facetAddress(bytes4 selector) view returns (address)']);

export const erc20Interface = new KnownInterface([
  'function balanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function decimals() view returns (uint8)',
  'function symbol() view returns (string)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function transferFrom(address from, address to, uint256 amount) returns (bool)',
  'function deposit() payable',
  'function depositTo(address recipient) payable',
  'function withdraw(uint256 amount)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
]);

export const mintingTagsInterface = new KnownInterface([
  'function reserve() payable returns (uint256)',
  'function transfer(address to, uint256 tag)',
  'function ownerOf(uint256 tag) view returns (address)',
  'function mintingRecipient(uint256 tag) view returns (address)',
  'function allowedExecutor(uint256 tag) view returns (address)',
  'function nextAvailableTag() view returns (uint256)',
  'function reservationFee() view returns (uint256)',
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'event MintingTagReserved(uint256 tag, address owner)',
  'event RecipientChanged(uint256 tag, address recipient)',
  'event AllowedExecutorChangePending(uint256 tag, address executor, uint256 activeAfterTs)',
]);

/** The second is no part of the official interface, but public in every release of its contract. */
export const coreVaultInterface = new KnownInterface([
  'function availableFunds() view returns (uint128)',
  'function confirmedPayments(bytes32 transactionId) view returns (bool)',
]);

export const poolInterface = new KnownInterface([
  'function totalCollateral() view returns (uint256)',
  'function totalFAssetFees() view returns (uint256)',
  'function totalFAssetFeeDebt() view returns (int256)',
  'function fAssetFeeDebtOf(address) view returns (int256)',
  'function fAssetFeesOf(address) view returns (uint256)',
  'function exitCollateralRatioBIPS() view returns (uint32)',
  'function poolToken() view returns (address)',
  'function enter() payable returns (uint256, uint256)',
  'function exit(uint256 tokens) returns (uint256)',
  'function withdrawFees(uint256 fees)',
  'function payFAssetFeeDebt(uint256 fees)',
  'event CPEntered(address indexed tokenHolder, uint256 amountNatWei, uint256 receivedTokensWei, uint256 timelockExpiresAt)',
  'event CPExited(address indexed tokenHolder, uint256 burnedTokensWei, uint256 receivedNatWei)',
  'event CPFeesWithdrawn(address indexed tokenHolder, uint256 withdrawnFeesUBA)',
  'event CPFeeDebtChanged(address indexed tokenHolder, int256 newFeeDebtUBA)',
  'event CPFeeDebtPaid(address indexed tokenHolder, uint256 paidFeesUBA)',
  'event CPPaidOut(address indexed recipient, uint256 paidNatWei, uint256 burnedTokensWei)',
  'event CPClaimedReward(uint256 amountNatWei, uint8 rewardType)',
  'event CPSelfCloseExited(address indexed tokenHolder, uint256 burnedTokensWei, uint256 receivedNatWei, uint256 closedFAssetsUBA)',
]);

export const poolTokenInterface = new KnownInterface([
  'function balanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function transferableBalanceOf(address) view returns (uint256)',
  'function nonTimelockedBalanceOf(address) view returns (uint256)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
]);

export const priceReaderInterface = new KnownInterface([
  'function getPrice(string symbol) view returns (uint256 price, uint256 timestamp, uint256 priceDecimals)',
  'function getPriceFromTrustedProviders(string symbol) view returns (uint256 price, uint256 timestamp, uint256 priceDecimals)',
  'function getPriceFromTrustedProvidersWithQuality(string symbol) view returns (uint256 price, uint256 timestamp, uint256 priceDecimals, uint8 submits)',
]);

export const registryInterface = new KnownInterface([
  'function getContractAddressByName(string name) view returns (address)',
]);

export const fdcVerificationInterface = new KnownInterface(['function relay() view returns (address)']);

export const fdcHubInterface = new KnownInterface([
  'function fdcRequestFeeConfigurations() view returns (address)',
  'function requestAttestation(bytes data) payable',
]);

export const fdcFeesInterface = new KnownInterface(['function getRequestFee(bytes data) view returns (uint256)']);

export const relayInterface = new KnownInterface([
  'function getVotingRoundId(uint256 timestamp) view returns (uint256)',
  'function merkleRoots(uint256 protocolId, uint256 votingRoundId) view returns (bytes32)',
]);
