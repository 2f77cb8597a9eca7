/**
 * What older releases of the protocol do otherwise, as changes of the stand-in, which follows the newest one: with them
 * in place an older release must agree in every figure, too.
 *
 * Only what bundles can meet: redeemAmount, the rounding of a default's pool part, what moves the underlying block.
 */
import type { ArtifactSet } from '../../devnet/deploy/artifacts.ts';
import type { SourcePatch } from '../../devnet/contracts/compile.ts';

/** A proven payment shows that its ledger and one more are there, which moves the underlying block forward. */
const clockMovedBy = (payment: string): string => `{
  uint256 toBlock = ${payment}.blockNumber + 1;
  uint256 toS = ${payment}.blockTimestamp + Store.settings().averageBlockTimeMS / 1000;
  bool isBlockNew = toBlock > Store.get().clock.blockNumber;
  bool isTimeNew = toS > Store.get().clock.blockTimestamp;
  if (isBlockNew) Store.get().clock.blockNumber = toBlock;
  if (isTimeNew) Store.get().clock.blockTimestamp = toS;
  if (isBlockNew || isTimeNew) Store.get().clock.updatedAt = block.timestamp;
}`;

const V1_2: readonly SourcePatch[] = [
  {
    // By this function a client tells the releases apart.
    file: 'asset-manager/AssetManager.sol',
    find: 'state.governance = setup.governance;',
    replace: 'state.governance = setup.governance; delete facetAddress[0x01e261f6];',
  },
  {
    file: 'asset-manager/library/RedemptionDefaults.sol',
    find: 'valueAmg.mulDiv(vaultWei - maxVaultWei, vaultWei);',
    replace: 'valueAmg.mulDiv(vaultWei - maxVaultWei, vaultWei, Math.Rounding.Up);',
  },
  {
    file: 'asset-manager/facets/MintingFacet.sol',
    find: 'uint256 poolFeeUba = Reservations.poolFeeUba(reservation);',
    replace: `uint256 poolFeeUba = Reservations.poolFeeUba(reservation); ${clockMovedBy('paid')}`,
  },
  {
    file: 'asset-manager/facets/RedemptionConfirmationFacet.sol',
    find: 'request.status = finalStatus;',
    replace: `request.status = finalStatus; ${clockMovedBy('facts')}`,
  },
];

/** Changes that make the stand-in behave as that release. */
export const asRelease = (version: ArtifactSet['version']): readonly SourcePatch[] => (version === 'v1.2' ? V1_2 : []);
