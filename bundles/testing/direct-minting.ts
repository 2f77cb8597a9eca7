/** A direct minting of the user that was observed, made by hand. */
import type { ToldDirectMinting } from '../../support/actors/direct-minter.ts';
import { sampleMarket } from '../../support/model/testing/sample-market.ts';
import { directMintingTerms } from '../direct-minting.ts';
import { USER, viewOf } from './examples.ts';

export const DIRECT_TERMS = directMintingTerms(viewOf({ market: sampleMarket() }));

const MINTER = USER.toLowerCase();

/** The event of an execution by the user for the user, payment AB. */
export const executed = (told: Readonly<Record<string, string>>): ToldDirectMinting => ({
  event: 'DirectMintingExecuted',
  told: { transactionId: '0xab', targetAddress: MINTER, executor: MINTER, ...told },
});

/** Pays with payment AB, whatever for, and executes with these events. */
export const directMinter = (told: readonly ToldDirectMinting[], aims: unknown[] = []) => ({
  address: USER,
  pay: async (_to: string, _amount: bigint, aim: unknown) => {
    aims.push(aim);
    return { hash: 'AB' };
  },
  execute: async () => told,
});
