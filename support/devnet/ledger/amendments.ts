/**
 * The amendments this ledger knows of: the rules it keeps are in force, those it has no transactions for are not.
 */
import { sha512Half } from './hashing.ts';

const enabled = [
  'Clawback',
  'DeletableAccounts',
  'DepositAuth',
  'DepositPreauth',
  'DisallowIncoming',
  'ExpandedSignerList',
  'MultiSignReserve',
  'TicketBatch',
  'XRPFees',
  'fixMasterKeyAsRegularKey',
  'fixPreviousTxnID',
];
const others = [
  'AMM',
  'Batch',
  'Checks',
  'Credentials',
  'DID',
  'LendingProtocol',
  'MPTokensV1',
  'NonFungibleTokensV1_1',
  'PermissionDelegation',
  'PermissionedDEX',
  'PermissionedDomains',
  'PriceOracle',
  'SingleAssetVault',
  'TokenEscrow',
  'XChainBridge',
];

export interface Amendment {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

const amendment = (name: string, isEnabled: boolean): Amendment => ({
  id: sha512Half(Buffer.from(name).toString('hex')),
  name,
  enabled: isEnabled,
});

export const amendments: readonly Amendment[] = [
  ...enabled.map((name) => amendment(name, true)),
  ...others.map((name) => amendment(name, false)),
];

/** Ids of the amendments in force, as the ledger lists them. */
export const enabledAmendments: readonly string[] = amendments.filter((entry) => entry.enabled).map(({ id }) => id);
