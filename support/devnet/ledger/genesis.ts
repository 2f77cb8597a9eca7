/**
 * The genesis account every XRP Ledger starts with: its publicly known key, all the XRP there is.
 */
import { signTransaction } from '../../clients/xrpl/keys.ts';
import { enabledAmendments } from './amendments.ts';
import { type AccountRoot, type Entry, indexOf, noThread } from './entries.ts';
import type { State } from './state.ts';
import type { Rules } from './transactors/transactor.ts';

export const genesisSeed = 'snoPBrXtMeMyMHUVTgbuqAfg1SUTb';
export const genesisAddress = 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh';
export const genesisDrops = 100_000_000_000_000_000n;

const genesisAccount: AccountRoot = {
  type: 'AccountRoot',
  account: genesisAddress,
  balanceDrops: genesisDrops,
  sequence: 1,
  flags: 0,
  ownerCount: 0,
  ticketCount: 0,
  settings: {},
  thread: noThread,
};

/** The state of the first ledger: all XRP in one account, and the ledger's own settings. */
export function genesisState({ baseFeeDrops, baseReserveDrops, ownerReserveDrops }: Rules): State {
  const fees: Entry = { type: 'FeeSettings', baseFeeDrops, baseReserveDrops, ownerReserveDrops, thread: noThread };
  const amendments: Entry = { type: 'Amendments', ids: enabledAmendments, thread: noThread };
  return new Map([genesisAccount, fees, amendments].map((entry) => [indexOf(entry), entry]));
}

/** What the seed gives: to derive it would take longer than all that is signed with it. */
export const genesisKeys = {
  publicKey: '0330E7FC9D56BB25D6893BA3F317AE5BCF33B3291BD63DB32654A313222F7FD020',
  privateKey: '001ACAAEDECE405B2A958212629E16F2EB46B153EEE94CDD350FDEFF52795525B7',
};

export interface GenesisPayment {
  readonly destination: string;
  readonly amountDrops: bigint;
  readonly feeDrops: bigint;
  readonly sequence: number;
  /** Absent on networks whose transactions must not name it. */
  readonly networkId: number | undefined;
}

/** A payment out of the genesis account, signed; the blob as hex. */
export function signGenesisPayment(payment: GenesisPayment): string {
  const unsigned = {
    TransactionType: 'Payment',
    Account: genesisAddress,
    Destination: payment.destination,
    Amount: payment.amountDrops.toString(),
    Fee: payment.feeDrops.toString(),
    Sequence: payment.sequence,
    ...(payment.networkId !== undefined && { NetworkID: payment.networkId }),
  };
  return signTransaction(unsigned, genesisKeys).blobHex;
}
