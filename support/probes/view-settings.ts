/** Settings that have getters of their own, prices and fees by the formulas, and the addresses of contracts. */
import { mintingAmounts } from '../model/minting.ts';
import { STRANGER } from './people.ts';
import type { Probe } from './probe.ts';
import type { ViewFacts } from './view-facts.ts';
import { fAssetViews, managerViews } from './view-interfaces.ts';
import { answers, refuses } from './view-probes.ts';

const POOL_CLASS = 1n;
const VAULT_CLASS = 2n;
const PRICE_SCALE = 10n ** 9n;
/** ERC-165's own id, and the one that is never there. */
const [ERC165, NO_INTERFACE] = ['0x01ffc9a7', '0xffffffff'];

export const settingViews = (truth: ViewFacts): Probe[] => [
  ...alone(truth),
  ...quotes(truth),
  ...collateral(truth),
  ...ofFAsset(truth),
];

const managerQuestion = ({ facts }: ViewFacts, view: string, args: readonly unknown[], about: string) => ({
  to: facts.contracts.assetManager,
  contract: managerViews,
  view,
  args,
  about,
});

/** A getter of one setting, against all settings. */
function alone(truth: ViewFacts): Probe[] {
  const { contracts, settings: all } = truth.facts;
  const setting = (view: string, value: unknown): Probe =>
    answers(managerQuestion(truth, view, [], 'as in all settings'), [value]);
  return [
    setting('fAsset', contracts.fAsset),
    setting('priceReader', contracts.priceReader),
    setting('getWNat', contracts.wNat),
    setting('assetManagerController', all['assetManagerController']),
    setting('lotSize', all['lotSizeAMG'] * all['assetMintingGranularityUBA']),
    setting('assetMintingGranularityUBA', all['assetMintingGranularityUBA']),
    setting('assetMintingDecimals', all['assetMintingDecimals']),
    setting('getCollateralPoolTokenTimelockSeconds', all['collateralPoolTokenTimelockSeconds']),
    setting('controllerAttached', true),
    answers(managerQuestion(truth, 'supportsInterface', [ERC165], 'of ERC-165'), [true]),
    answers(managerQuestion(truth, 'supportsInterface', [NO_INTERFACE], 'of no interface'), [false]),
  ];
}

function quotes(truth: ViewFacts): Probe[] {
  const { settings, prices } = truth;
  const fee = (lots: bigint): bigint =>
    mintingAmounts(lots, { ...settings, ...prices, agentFeeBips: 0n, poolFeeShareBips: 0n }).reservationFeeWei;
  const quote = (about: string, lots: bigint): Probe =>
    answers(managerQuestion(truth, 'collateralReservationFee', [lots], about), [fee(lots)]);
  return [
    quote('for no lot', 0n),
    quote('for a lot', 1n),
    quote('for three lots', 3n),
    quote('for a million lots', 1_000_000n),
    answers(managerQuestion(truth, 'assetPriceNatWei', [], 'by the feeds'), [
      prices.nativePrice,
      PRICE_SCALE * settings.granularityUba,
    ]),
  ];
}

/** getCollateralType against the list of all, and that against what was there when the run began. */
function collateral(truth: ViewFacts): Probe[] {
  const { collateralTypes } = truth.facts.contracts;
  const begun = collateralTypes.map(({ token, isPool, decimals, minCollateralRatioBips }, index) => ({
    ...truth.collateralTypes[index]?.toObject(),
    collateralClass: isPool ? POOL_CLASS : VAULT_CLASS,
    token,
    decimals,
    minCollateralRatioBIPS: minCollateralRatioBips,
  }));
  const types = truth.collateralTypes.map((type, index) =>
    answers(
      managerQuestion(truth, 'getCollateralType', [type['collateralClass'], type['token']], `${index + 1} of all`),
      [type],
    ),
  );
  return [
    ...types,
    answers(managerQuestion(truth, 'getCollateralTypes', [], 'of all'), [begun]),
    refuses(managerQuestion(truth, 'getCollateralType', [VAULT_CLASS, STRANGER], 'of no collateral'), 'UnknownToken'),
    ...collateralTypes.map(({ token, isPool }, index) =>
      answers(managerQuestion(truth, 'isVaultCollateralToken', [token], `${index + 1} of all`), [!isPool]),
    ),
    answers(managerQuestion(truth, 'isVaultCollateralToken', [STRANGER], 'of no collateral'), [false]),
  ];
}

function ofFAsset({ facts }: ViewFacts): Probe[] {
  const { contracts, settings } = facts;
  const told = (view: string, value: unknown): Probe =>
    answers({ to: contracts.fAsset, contract: fAssetViews, view, about: 'as in the settings' }, [value]);
  return [told('assetManager', contracts.assetManager), told('decimals', settings['assetDecimals'])];
}
