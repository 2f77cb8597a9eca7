/**
 * The janitor's program: waits until the run that started it is gone, and collects unless the run said that it had.
 *
 * Started by janitor.ts only; its output goes to reports/janitor.log.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { COLLECTED } from './janitor.ts';

/** A run that is gone holds no lock, but the next run may. */
const WAIT_S = 3600;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => say(`${signal} is ignored`));

let isCollected = false;
process.on('message', (message) => {
  isCollected = message === COLLECTED;
});
if (process.connected) await once(process, 'disconnect');
if (!isCollected) {
  say('the run is gone and has not collected');
  const [, , programs = ''] = process.argv;
  const args = [...process.execArgv, programs, 'collect', '--wait', String(WAIT_S)];
  const collecting = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code]: unknown[] = await once(collecting, 'exit');
  say(`npm run collect ended with ${String(code)}`);
}

function say(text: string): void {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}
