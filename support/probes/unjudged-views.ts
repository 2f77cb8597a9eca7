/** Views that no probe of a view judges, by contract and name, with what judges them instead or why nothing does. */
export const UNJUDGED_VIEWS: Readonly<Record<string, string>> = {
  'every amount, fee and window of every statement is computed from it, and single getters are held against it':
    'AssetManager.getSettings',
  'asked before all probes which functions there are; the other views of the loupe are held against it':
    'AssetManager.facets',
  'where payments of direct mintings go: `probe-direct-minting` pays there': 'AssetManager.directMintingPaymentAddress',
  'what is used of the limits of direct minting, whose delays `probe-direct-minting` tries': `
    AssetManager.getDirectMintingHourlyLimiterState AssetManager.getDirectMintingDailyLimiterState
    AssetManager.getDirectMintingsUnblockUntilTimestamp
  `,
  'no user acts by it: what agents may send to the core vault': `
    AssetManager.coreVaultAvailableAmount AssetManager.maximumTransferToCoreVault
  `,
  '`probe-access` finds the contract by it and tries all its functions': 'AssetManager.getCoreVaultManager',
  '`probe-direct-minting`: a payment with that tag is no minting': 'AssetManager.getCoreVaultDonationTag',
  '`probe-requests`: redemptions with a tag go through where it says so': 'AssetManager.redeemWithTagSupported',
  'a name, on which no money hangs': `
    FAsset.name FAsset.symbol FAsset.assetName FAsset.assetSymbol CollateralPoolToken.name CollateralPoolToken.symbol
  `,
};
