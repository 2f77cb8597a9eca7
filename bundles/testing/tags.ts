/** A user with the minting tags 20 and 21, of which one was handed on. */
import type { View } from '../../support/sequence/bundle.ts';
import { NOBODY } from '../tags.ts';
import { USER, withRecords } from './examples.ts';

const tag = { status: 'RESERVED', owner: USER.toLowerCase(), recipient: USER.toLowerCase(), executor: NOBODY };

export const withTags = (balances: Readonly<Record<string, bigint>> = {}, held20 = 'yes'): View =>
  withRecords({ 'tag 20': tag, 'tag 21': tag }, { 'tag 20': { held: held20 }, 'tag 21': { held: 'no' } }, balances);
