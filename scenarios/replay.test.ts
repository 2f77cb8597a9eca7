/** Repeats the counterexample that REPLAY names: red while it fails, red too when it cannot be repeated. */
import { readCounterexample } from '../support/sequence/counterexample.ts';
import { replay } from '../support/stage/replay.ts';
import { settings, test } from '../fixtures/test.ts';

test('replay', async ({ stage, perform, annotate }) => {
  const path = settings.replay ?? '';
  const counterexample = readCounterexample(path);
  const { failure, steps, plantedFault } = counterexample;
  await perform(async () => {
    const others = await replay(stage, counterexample, path);
    const remarks = [
      `no longer fails: ${failure.id}`,
      ...(others === 0 ? [] : [`${others} of ${steps.length} steps came to other amounts than in the file`]),
      ...(plantedFault === settings.plantedFault
        ? []
        : [
            `it was found with PLANTED_FAULT ${plantedFault ?? 'unset'}, and this run has it ${settings.plantedFault ?? 'unset'}`,
          ]),
    ];
    await annotate(remarks.join('; '), 'replay');
    process.stdout.write(`${remarks.join('; ')}\n`);
  });
});
