/** Examples of paying the core vault and stopping. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { directMintStopBeforeExecution } from './direct-mint-stop-before-execution.ts';
import { comesTo, holding, moved } from './testing/examples.ts';
import { directMinter } from './testing/direct-minting.ts';

const view = holding({ xrp: 82_000_000n });

test('the payment has left the user, and is a record that only its execution ends', async () => {
  const aims: unknown[] = [];
  const actors = { directMinter: directMinter([], aims) };
  const expectation = await comesTo(directMintStopBeforeExecution, view, [CHOICE_MAX], actors);
  expect(aims).toEqual([{ recipient: actors.directMinter.address }]);
  expect(moved(expectation)).toEqual([['xrp', -10_000_000n]]);
  expect(expectation.records).toEqual({ 'direct-minting 0xab': { status: 'ACTIVE' } });
  expect(expectation.notes).toEqual({ 'direct-minting 0xab': { paymentHash: 'AB', paymentUba: '10000000' } });
});
