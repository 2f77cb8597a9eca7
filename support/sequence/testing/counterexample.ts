/** The content of a counterexample file that can be replayed, to be changed into one that cannot. */
import { COUNTEREXAMPLE_FORMAT, type Counterexample } from '../counterexample.ts';

const CONTENT: Counterexample = {
  format: COUNTEREXAMPLE_FORMAT,
  id: 'an-id',
  failure: { verdict: 'wrong', id: 'redeem: xrp', sentence: 'it is off' },
  foundBy: 'a test',
  seed: 7,
  network: 'devnet',
  protocol: { kind: 'stand-in', version: 'v1.3' },
  users: 1,
  steps: [{ user: 'user-1', bundle: 'redeem', choices: [0], plan: {} }],
  failedStep: 0,
  schedule: [],
  versions: {},
};

export const counterexample = (changes: object): Counterexample => ({ ...CONTENT, ...changes });
