/**
 * What a signed transaction of a run was for, told from its bytes: the phase of the run that it belongs to.
 */
import { Interface, Transaction } from 'ethers';
import { decode } from 'ripple-binary-codec';
import {
  assetManagerInterface,
  erc20Interface,
  fdcHubInterface,
  poolInterface,
} from '../../clients/flare/interfaces.ts';
import type { Who } from '../../readers/informer.ts';

export const PHASES = ['start', 'funding', 'minting', 'redemption', 'pool', 'collection', 'other', 'fee bump'] as const;
export type Phase = (typeof PHASES)[number];

const CALLS: readonly (readonly [Interface, string, Phase])[] = [
  [assetManagerInterface, 'reserveCollateral', 'minting'],
  [assetManagerInterface, 'executeMinting', 'minting'],
  [assetManagerInterface, 'executeDirectMinting', 'minting'],
  [fdcHubInterface, 'requestAttestation', 'minting'],
  [assetManagerInterface, 'redeem', 'redemption'],
  [assetManagerInterface, 'redemptionPaymentDefault', 'redemption'],
  [poolInterface, 'enter', 'pool'],
  [poolInterface, 'exit', 'pool'],
  [poolInterface, 'withdrawFees', 'pool'],
  [erc20Interface, 'transfer', 'collection'],
];
const PHASE_OF_SELECTOR = new Map(
  CALLS.map(([contract, name, phase]) => [contract.getFunction(name)?.selector ?? name, phase]),
);

/** `raw` as it stands in the journal of `actor`; what the funder sends is funding. */
export function phaseOf(
  actor: string,
  chain: 'evm' | 'ledger',
  raw: string,
  funder: { readonly name: string; readonly who: Who },
): Phase {
  if (actor === funder.name) return 'funding';
  if (chain === 'ledger') {
    const transaction = decode(raw);
    if (transaction['TransactionType'] !== 'Payment') return 'other';
    return transaction['Destination'] === funder.who.ledgerAddress ? 'collection' : 'minting';
  }
  const { to, data } = Transaction.from(raw);
  if (data === '0x') return to?.toLowerCase() === funder.who.evmAddress.toLowerCase() ? 'collection' : 'other';
  return PHASE_OF_SELECTOR.get(data.slice(0, 10)) ?? 'other';
}
