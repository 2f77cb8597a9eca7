/**
 * What the stand-in offers against what is official: functions, events, interface ids, errors, code size.
 */
import IAssetManagerAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IAssetManager.sol/IAssetManager.json' with { type: 'json' };
import { Interface, id } from 'ethers';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CompiledContracts, compileContracts } from './compile.ts';

/** Official functions that the stand-in has not: liquidation, challenges, agents' core vault transfers, some setters. */
const NOT_BUILT = [
  'cancelReturnFromCoreVault',
  'confirmReturnFromCoreVault',
  'doublePaymentChallenge',
  'endLiquidation',
  'freeBalanceNegativeChallenge',
  'illegalPaymentChallenge',
  'liquidate',
  'maximumTransferToCoreVault',
  'requestReturnFromCoreVault',
  'setDirectMintingExecutorFee',
  'setDirectMintingFeeReceiver',
  'setDirectMintingOthersCanExecuteAfterSeconds',
  'setMintingTagManager',
  'setSmartAccountManager',
  'startLiquidation',
  'transferToCoreVault',
  'upgradeAgentVaultAndPool',
];

/** Selectors of custom errors as the real contracts revert with them. */
const ERROR_SELECTORS = {
  AgentNotInMintQueue: '0x417a2298',
  AgentNotWhitelisted: '0xa0479f78',
  AgentsFeeTooHigh: '0x3c36e9da',
  CannotMintZeroLots: '0x59ed140d',
  InappropriateFeeAmount: '0x42c58312',
  InvalidAgentStatus: '0xaa2b63b3',
  InvalidAgentVaultAddress: '0xd68a46c5',
  MintingCapExceeded: '0xc4d282e3',
  MintingPaused: '0xeb560756',
  NotEnoughFreeCollateral: '0xd78c6677',
  NotAttached: '0xd6e7efb0',
  InvalidCrtId: '0x6416c6e4',
  OnlyMinterExecutorOrAgent: '0x7a5494e9',
  InvalidMintingReference: '0xfb8e1660',
  NotMintingAgentsAddress: '0xc31f2463',
  MintingPaymentTooSmall: '0x068f2e3d',
  MintingPaymentTooOld: '0x2de55f0d',
  PaymentAlreadyConfirmed: '0x18dce79f',
  PaymentFailed: '0xf499da20',
  InvalidChain: '0xafe7f4e0',
  LegalPaymentNotProven: '0x5b0cb6ec',
  NonPaymentNotProven: '0x80d72533',
  OnlyProofOwner: '0x9f0cd421',
  RedeemZeroLots: '0x882ccad9',
  RedemptionTooSmall: '0xb2b7a73e',
  RedeemWithTagNotSupported: '0x28e576b7',
  DestinationTagTooBig: '0x18d0f648',
  ExecutorFeeWithoutExecutor: '0xa90dbe94',
  UnderlyingAddressTooLong: '0x599ec1c1',
  InvalidUnderlyingAddress: '0xe9a1cca5',
  CannotRedeemToAgentsAddress: '0x05211662',
  InvalidRequestId: '0xba0514c0',
  InvalidRedemptionStatus: '0x8336ad7d',
  SourceAddressesNotSupported: '0x4fffcc9c',
  DestinationTagNotSupported: '0x187bf98d',
  RedemptionNonPaymentMismatch: '0x7364db8e',
  RedemptionDefaultTooEarly: '0x276d2f4a',
  RedemptionNonPaymentProofWindowTooShort: '0x09ae86b8',
  OnlyRedeemerExecutorOrAgent: '0xd7d8f13b',
  NotEnoughAgentPoolTokensToCoverFailedVaultPayment: '0xb179f0db',
  NotEnoughPoolCollateralToCoverFailedVaultPayment: '0xfdac837c',
  ShouldDefaultFirst: '0x80064c2d',
  OnlyAgentVaultOwner: '0xf6e2f99b',
  CoreVaultNotEnabled: '0xadf3d5d6',
  RequestedAmountTooSmall: '0xc7f9edca',
  DestinationNotAllowed: '0xc520ba34',
  InsufficientFunds: '0x356680b7',
  InvalidExecutor: '0x710c9497',
  InvalidReceivingAddress: '0xef2af201',
  AmountNotPositive: '0xb3f73cea',
  PaymentIsCoreVaultDonation: '0xd16bea7e',
  ForbiddenPaymentReference: '0xef580236',
  MissingMintingTagManager: '0x4c70859e',
  MissingSmartAccountManager: '0x5b2002be',
  NoValueExpected: '0x69c38e44',
  DirectMintingStillDelayed: '0x40d8d67b',
  AmountOfNatTooLow: '0xb561932a',
  AmountOfCollateralTooLow: '0xdea97f50',
  CollateralToTokenRatioTooLow: '0xd189282f',
  CollateralToTokenRatioTooHigh: '0xc2dc5914',
  TokenShareIsZero: '0xd9ebc7e5',
  TokenBalanceTooLow: '0x8cf25597',
  TokenSupplyAfterExitTooLow: '0x3b9c256f',
  SentAmountTooLow: '0x4e9d9139',
  CollateralAfterExitTooLow: '0xd4f24daf',
  CollateralRatioFallsBelowExitCR: '0x66f30fc4',
  WithdrawZeroFAsset: '0x8ad31ccd',
  FreeFAssetBalanceTooSmall: '0x489e7ff8',
  ZeroFAssetDebtPayment: '0x8b25b007',
  PaymentLargerThanFeeDebt: '0xee10eda6',
  FAssetAllowanceTooSmall: '0xf132b8f9',
  RedemptionRequiresClosingTooManyTickets: '0x1d7154c1',
  InvalidRecipientAddress: '0x44d99fea',
  RedemptionOfZero: '0x45a22e43',
  InsufficientNonTimelockedBalance: '0x68c89f0b',
  InsufficientTransferableBalance: '0x407c3f3d',
  FAssetBalanceTooLow: '0xdb7b48e3',
  CannotTransferToSelf: '0xdad89dca',
  EmergencyPauseOfTransfersActive: '0x6297b90d',
  EmergencyPauseActive: '0x909b1917',
  ZeroPrice: '0x4dfba023',
  TransferFailed: '0x90b8ec18',
  ReentrancyGuardReentrantCall: '0x3ee5aeb5',
} as const;

const CODE_SIZE_LIMIT_BYTES = 24_576;

/** Function names by selector. */
function functionsOf(abi: Interface): Map<string, string> {
  const functions = new Map<string, string>();
  abi.forEachFunction(({ selector, name }) => {
    functions.set(selector, name);
  });
  return functions;
}

describe('the stand-in contracts', () => {
  let compiled: CompiledContracts;
  beforeAll(async () => {
    compiled = await compileContracts();
  });

  const interfaceOf = (name: string): Interface => new Interface(JSON.stringify(compiled.artifact(name).abi));
  const managerParts = (): string[] => ['AssetManager', ...compiled.names().filter((name) => name.endsWith('Facet'))];

  test('have every official function a user or an agent needs, by selector', () => {
    const built = new Set(managerParts().flatMap((name) => [...functionsOf(interfaceOf(name)).keys()]));
    const missing = [...functionsOf(new Interface(IAssetManagerAbi))]
      .filter(([selector]) => !built.has(selector))
      .map(([, name]) => name)
      .filter((name) => !name.startsWith('setCoreVault') && !NOT_BUILT.includes(name));
    expect(missing).toEqual([]);
  });

  test('have no function twice', () => {
    const selectors = managerParts().flatMap((name) => [...functionsOf(interfaceOf(name)).keys()]);
    expect(selectors).toHaveLength(new Set(selectors).size);
  });

  test('return what the official functions return', () => {
    const official = new Interface(IAssetManagerAbi);
    for (const part of managerParts()) {
      interfaceOf(part).forEachFunction((own) => {
        const expected = official.getFunction(own.selector);
        if (expected === null) return;
        const types = (outputs: typeof own.outputs): string => outputs.map((output) => output.format('sighash')).join();
        expect([own.name, types(own.outputs)]).toEqual([own.name, types(expected.outputs)]);
      });
    }
  });

  test('have the custom errors of the real contracts', () => {
    const own = new Interface(JSON.stringify(compiled.errors));
    for (const [name, selector] of Object.entries(ERROR_SELECTORS)) {
      expect([name, own.getError(name)?.selector]).toEqual([name, selector]);
    }
  });

  test('emit events with the topics of the real ones', () => {
    const topics = managerParts().flatMap((name) => {
      const found: string[] = [];
      interfaceOf(name).forEachEvent(({ topicHash }) => found.push(topicHash));
      return found;
    });
    expect(topics).toEqual(
      expect.arrayContaining([
        '0x7e28eb3b9a2077a4fa0559357b1647ec5eabf18d7adf1539c4e8fb1445a5fc09',
        '0x0d418f2ae12260f9d0ceacf72b08fcc4b05560719443f40d3761ee90da0d8fa5',
        '0x8cbbd73a8d1b8b02a53c4c3b0ee34b472fe3099cc19bcfb57f1aae09e8a9847e',
        '0x69d3fbffef4aa48d6ca36062093fb43285bec462796871a135d831f257e7d8ed',
        '0xd5150395b21c5be6cbb37ea167761efe7a013baccbd1bb7e5922fa261ccc3331',
        '0x1de98aa7f7442c6299d2d4f8dbfb9455830c5ea4e71f9e152a95fc2ce94fe5cc',
        '0x37c875389b479241a31046a231beb3ed915903492a55e2b972397f2457f36c1f',
      ]),
    );
    const official = new Set<string>();
    new Interface(IAssetManagerAbi).forEachEvent(({ topicHash }) => official.add(topicHash));
    expect(topics.filter((topic) => !official.has(topic))).toEqual([]);
  });

  test('fit the code size limit', () => {
    const sizes = compiled.names().map((name) => [name, (compiled.artifact(name).bytecode.length - 2) / 2] as const);
    expect(sizes.filter(([, size]) => size > CODE_SIZE_LIMIT_BYTES)).toEqual([]);
  });

  test('have the pool functions that the official package lacks', () => {
    const pool = functionsOf(interfaceOf('CollateralPool'));
    const signatures = [
      'enter()',
      'exit(uint256)',
      'exitTo(uint256,address)',
      'withdrawFees(uint256)',
      'withdrawFeesTo(uint256,address)',
      'payFAssetFeeDebt(uint256)',
      'selfCloseExit(uint256,bool,string,address)',
      'selfCloseExitTo(uint256,bool,address,string,address)',
      'fAssetRequiredForSelfCloseExit(uint256)',
      'debtFreeTokensOf(address)',
      'debtLockedTokensOf(address)',
      'virtualFAssetOf(address)',
      'fAssetFeesOf(address)',
      'fAssetFeeDebtOf(address)',
      'totalCollateral()',
      'totalFAssetFees()',
      'totalFAssetFeeDebt()',
      'token()',
      'poolToken()',
      'wNat()',
      'agentVault()',
      'exitCollateralRatioBIPS()',
      'MIN_NAT_TO_ENTER()',
    ];
    expect(signatures.filter((signature) => !pool.has(id(signature).slice(0, 10)))).toEqual([]);
  });
});
