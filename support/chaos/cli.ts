/**
 * Chaos as a program: stands in front of a network until it is stopped, and counts what it did.
 *
 * Errors are one line on stderr and exit code 1; the options are in cli-options.ts.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { networkRecordSchema } from '../clients/network-record.ts';
import { writeRecordFile } from '../clients/record-file.ts';
import { cleaningUp } from '../units/troubles.ts';
import { type Chaos, startChaos } from './chaos.ts';
import { type CliOptions, USAGE, parseCommandLine } from './cli-options.ts';
import { usualRates } from './kinds.ts';

try {
  const options = parseCommandLine(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else await run(options);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`chaos: ${message.replaceAll(/\s*\n\s*/g, ' | ')}\n`);
  process.exitCode = 1;
}

async function run({ recordFile, jsonFile, seed, ratePercent, limits }: CliOptions): Promise<void> {
  const ended = Promise.race((['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => once(process, signal)));
  const record = networkRecordSchema.parse(JSON.parse(await readFile(recordFile, 'utf8')));
  const chaos = await startChaos(record, { seed, rates: usualRates(ratePercent), limits });
  process.on('SIGUSR2', () => printCounts(chaos));
  const serve = async (): Promise<void> => {
    writeRecordFile(jsonFile, chaos.record);
    process.stdout.write(`chaos is up: ${ratePercent} % of requests, seed ${seed}; network record in ${jsonFile}\n`);
    await ended;
  };
  await cleaningUp(
    serve,
    () => chaos.stop(),
    () => printCounts(chaos),
  );
}

function printCounts(chaos: Chaos): void {
  const counts = chaos.counts();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${JSON.stringify({ all, ...counts })}\n`);
}
