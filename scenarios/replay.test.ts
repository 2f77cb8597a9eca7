/** Repeats the counterexample that REPLAY names: red while it still fails. */
import { decided } from '../support/sequence/runner.ts';
import { readCounterexample } from '../support/sequence/counterexample.ts';
import { bundleNamed } from '../fixtures/parts.ts';
import { settings, test } from '../fixtures/test.ts';

test('replay', async ({ stage, perform, expect }) => {
  const counterexample = readCounterexample(settings.replay ?? '');
  const users = [...new Set(counterexample.steps.map((step) => step.user))];
  const parts = users.map((user) => ({
    user,
    decisions: counterexample.steps
      .filter((step) => step.user === user)
      .map((step) => decided(bundleNamed(step.bundle), step.choices)),
  }));
  await stage.begin(`replay of ${counterexample.id}`);
  await perform(async () => {
    const steps = await stage.play(`replay of ${counterexample.id}`, parts, counterexample.schedule);
    expect(steps.length, 'steps of the file that could be done').toBe(counterexample.steps.length);
  });
});
