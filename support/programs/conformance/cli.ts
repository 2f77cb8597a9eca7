/**
 * `npm run conformance`: the same random sequences on the stand-in and on the real contracts, every figure compared.
 *
 * Exit 0: no difference. 1: some. 2: it could not be run.
 */
import { join } from 'node:path';
import { readArtifacts } from '../../devnet/deploy/artifacts.ts';
import { asRelease } from './older-releases.ts';
import { readOptions } from './options.ts';
import type { Program } from '../program.ts';
import { runConformance } from './run.ts';

export const run: Program = async (suite, words) => {
  const options = readOptions(words);
  const { artifacts } = options;
  const { version } = readArtifacts(artifacts);
  return runConformance(suite, {
    ...options,
    sides: [{ patches: asRelease(version) }, { artifacts }],
    labels: [`stand-in as ${version}`, `real ${version}`],
    folder: join('reports', 'counterexamples'),
    say: (line) => void process.stdout.write(`${line}\n`),
  });
};
