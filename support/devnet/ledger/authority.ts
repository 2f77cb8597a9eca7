/**
 * Who may sign: master key, regular key, or enough members of the signer list.
 *
 * The signatures themselves have been checked before.
 */
import { addressOfKey as computed } from '../../clients/xrpl/keys.ts';
import type { EngineResult } from './engine-result.ts';
import { type AccountRoot, accountFlag, hasFlag } from './entries.ts';
import { signerListIndex } from './hashing.ts';
import { type State, accountIn } from './state.ts';
import type { TransactionJson } from './transaction-json.ts';

const addresses = new Map<string, string>();

/** The r-address of a public key; remembered, since wallets sign many times. */
export function addressOfKey(publicKeyHex: string): string {
  const known = addresses.get(publicKeyHex);
  if (known !== undefined) return known;
  const address = computed(publicKeyHex);
  addresses.set(publicKeyHex, address);
  return address;
}

export const isSignedWithMasterKey = ({ Account: account, SigningPubKey: key }: TransactionJson): boolean =>
  key !== '' && addressOfKey(key) === account;

/** tesSUCCESS if the signers of the transaction may act for `account`. */
export function judgeAuthority(state: State, account: AccountRoot, transaction: TransactionJson): EngineResult {
  if (transaction.Signers !== undefined) return judgeSigners(state, account, transaction.Signers);
  const signer = addressOfKey(transaction.SigningPubKey);
  if (account.settings.RegularKey === signer) return 'tesSUCCESS';
  if (signer !== account.account) return 'tefBAD_AUTH';
  return hasFlag(account.flags, accountFlag.disableMasterKey) ? 'tefMASTER_DISABLED' : 'tesSUCCESS';
}

function judgeSigners(
  state: State,
  account: AccountRoot,
  signers: NonNullable<TransactionJson['Signers']>,
): EngineResult {
  const list = state.get(signerListIndex(account.account));
  if (list?.type !== 'SignerList') return 'tefNOT_MULTI_SIGNING';
  let weight = 0;
  for (const { Signer: signer } of signers) {
    const member = list.signers.find(({ account: address }) => address === signer.Account);
    if (member === undefined) return 'tefBAD_SIGNATURE';
    // Only in a dry run does a signer leave the key out; then it is taken to be the member's own.
    const key = signer.SigningPubKey === '' ? signer.Account : addressOfKey(signer.SigningPubKey);
    const verdict = judgeMember(accountIn(state, signer.Account), signer.Account, key);
    if (verdict !== 'tesSUCCESS') return verdict;
    weight += member.weight;
  }
  return weight < list.quorum ? 'tefBAD_QUORUM' : 'tesSUCCESS';
}

/** A member may be an address without an account: then only its own key counts. */
function judgeMember(member: AccountRoot | undefined, address: string, signer: string): EngineResult {
  if (signer !== address) return member?.settings.RegularKey === signer ? 'tesSUCCESS' : 'tefBAD_SIGNATURE';
  const masterIsOff = member !== undefined && hasFlag(member.flags, accountFlag.disableMasterKey);
  return masterIsOff ? 'tefMASTER_DISABLED' : 'tesSUCCESS';
}
