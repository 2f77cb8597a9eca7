/**
 * The kinds of ledger entries by the short names that requests use for them.
 *
 * All kinds of the real ledger are named, since a request may ask for what nobody owns here.
 */
import { invalidField, rpcError } from './rpc-error.ts';

/** Kind by short name; those that no account owns are told apart. */
const ownedTypes: Readonly<Record<string, string>> = {
  account: 'AccountRoot',
  amm: 'AMM',
  bridge: 'Bridge',
  check: 'Check',
  credential: 'Credential',
  delegate: 'Delegate',
  deposit_preauth: 'DepositPreauth',
  did: 'DID',
  escrow: 'Escrow',
  loan: 'Loan',
  loan_broker: 'LoanBroker',
  mpt_issuance: 'MPTokenIssuance',
  mptoken: 'MPToken',
  nft_offer: 'NFTokenOffer',
  nft_page: 'NFTokenPage',
  offer: 'Offer',
  oracle: 'Oracle',
  payment_channel: 'PayChannel',
  permissioned_domain: 'PermissionedDomain',
  signer_list: 'SignerList',
  state: 'RippleState',
  ticket: 'Ticket',
  vault: 'Vault',
  xchain_owned_claim_id: 'XChainOwnedClaimID',
  xchain_owned_create_account_claim_id: 'XChainOwnedCreateAccountClaimID',
};
const ledgerTypes: Readonly<Record<string, string>> = {
  amendments: 'Amendments',
  directory: 'DirectoryNode',
  fee: 'FeeSettings',
  hashes: 'LedgerHashes',
  nunl: 'NegativeUNL',
};

export const entryTypes: Readonly<Record<string, string>> = { ...ownedTypes, ...ledgerTypes };

function typeOf(value: unknown, types: Readonly<Record<string, string>>): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    throw rpcError('invalidParams', { error_message: "Invalid field 'type', not string." });
  }
  const [, type] =
    Object.entries(types).find(
      ([name, canonical]) => name === value || canonical.toLowerCase() === value.toLowerCase(),
    ) ?? [];
  if (type === undefined) throw invalidField('type');
  return type;
}

/** The kind a request's `type` names; undefined if it has none. Throws on a name that is none. */
export const entryTypeParam = (value: unknown): string | undefined => typeOf(value, entryTypes);

/** The same where only what accounts own can be asked for. */
export const ownedTypeParam = (value: unknown): string | undefined => typeOf(value, ownedTypes);
