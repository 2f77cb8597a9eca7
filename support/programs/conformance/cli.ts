/**
 * `npm run conformance`: the same random sequences on the stand-in and on the real contracts, every figure compared.
 *
 * Exit 0: no difference. 1: some. 2: it could not be run.
 */
import { join } from 'node:path';
import { readArtifacts } from '../../devnet/deploy/artifacts.ts';
import { SettingsError } from '../../settings/settings.ts';
import { asRelease } from './older-releases.ts';
import { oneLine, readOptions } from './options.ts';
import { runConformance } from './run.ts';

async function main(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  const { artifacts } = options;
  const { version } = readArtifacts(artifacts);
  return runConformance({
    ...options,
    sides: [{ patches: asRelease(version) }, { artifacts }],
    labels: [`stand-in as ${version}`, `real ${version}`],
    folder: join('reports', 'counterexamples'),
    say: (line) => void process.stdout.write(`${line}\n`),
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const text = error instanceof SettingsError ? error.message : `conformance: ${oneLine(error)}`;
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}
