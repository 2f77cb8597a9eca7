/**
 * Saved counterexamples, replayed in every run before anything is drawn: what failed once must not fail again.
 *
 * One file in fixtures/regressions is one test. A file that names a planted fault is only replayed under that fault;
 * nothing is replayed where the network cannot be put back, because there every step costs real time and money.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Counterexample, readCounterexample } from '../support/sequence/counterexample.ts';
import { findBundle } from '../support/sequence/suite.ts';
import { enterRun } from '../fixtures/front-desk.ts';
import { replay } from '../support/stage/replay.ts';
import type { Stage } from '../support/stage/stage.ts';
import { settings, test } from '../fixtures/test.ts';
import { userNames } from '../support/keys/names.ts';

const FOLDER = 'fixtures/regressions';
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')) : [];

test('every saved regression is a counterexample', ({ expect }) => {
  expect(files.map((file) => readCounterexample(join(FOLDER, file)).steps.length)).not.toContain(0);
});

test.for(files.toSorted())('%s', async (file, { stage, perform, skip }) => {
  const path = join(FOLDER, file);
  const counterexample = readCounterexample(path);
  const { originSnapshot } = await enterRun(inject('frontDeskUrl'));
  skip(originSnapshot === undefined, 'the network cannot be put back; replay it by itself with REPLAY');
  const { plantedFault, faults = [] } = counterexample;
  skip(plantedFault !== undefined && plantedFault !== settings.plantedFault, `needs PLANTED_FAULT=${plantedFault}`);
  const needed = faults.map(({ fault }) => fault);
  skip(!needed.every((fault) => settings.faults.includes(fault)), `needs FAULTS=${needed.join(',')}`);
  const missing = missingUsers(counterexample);
  skip(missing.length > 0, `needs more USERS: ${missing.join(', ')}`);
  const lacking = counterexample.steps.flatMap(({ bundle }) => lackingFor(stage, bundle));
  skip(lacking.length > 0, lacking[0]);
  await perform(() => replay(stage, counterexample, path));
});

/** What a step needs and this release lacks. A step that no longer exists is reported by the replay. */
function lackingFor(stage: Stage, name: string): string[] {
  const bundle = findBundle(stage.suite, name);
  return bundle === undefined ? [] : [stage.lacksFor(bundle)].filter((reason) => reason !== undefined);
}

function missingUsers({ steps }: Counterexample): string[] {
  const present = userNames(settings.users, settings.shard);
  return [...new Set(steps.map(({ user }) => user))].filter((user) => !present.includes(user));
}
