/** A run that cannot be opened leaves nothing running. */
import { expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { parseSettings } from '../settings/parse.ts';
import { openRun } from './open-run.ts';

const held = () => process.getActiveResourcesInfo().filter((name) => /^(Process|TCPServer)Wrap$/.test(name));

test('users that cannot be funded: the error is told and the devnet is stopped again', async () => {
  const settings = parseSettings({}, {}, () => 7);
  const before = held();
  // Opening the history comes after the devnet is up and before the first payment.
  await expect(openRun(suite, settings, '/dev/null/history.jsonl')).rejects.toThrow('/dev/null');
  await expect.poll(held).toEqual(before);
});
