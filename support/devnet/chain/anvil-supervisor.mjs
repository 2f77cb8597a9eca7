/**
 * Runs anvil for as long as the process that started this script lives: when the pipe on stdin closes, for whatever
 * reason (also kill -9 of the parent), anvil is killed and its home folder removed. Knows nothing else of anvil.
 *
 * Ends with 0 when it was asked to, with 1 when anvil ended by itself.
 *
 * Usage: node anvil-supervisor.mjs <anvil binary> [arguments ...]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * What anvil is ended with here, and by nobody else: so an end that came before is told from the one that was asked for, in
 * whatever order the two are noticed. It ends anvil at once, which does not handle it.
 */
const OURS = process.platform === 'win32' ? 'SIGKILL' : 'SIGUSR2';

const [binary = '', ...args] = process.argv.slice(2);
const home = mkdtempSync(path.join(tmpdir(), 'fassets-qa-anvil-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

// No other variable reaches anvil: it reads many from the environment, and some of ours are secrets.
const anvil = spawn(binary, args, { env: { HOME: home }, stdio: ['ignore', 'inherit', 'inherit'] });
anvil.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
anvil.once('exit', (code, signal) => {
  const isAsked = signal === OURS;
  if (!isAsked) process.stderr.write(`anvil ended with ${signal ?? `exit code ${code}`}\n`);
  process.exit(isAsked ? 0 : 1);
});

const stop = () => {
  anvil.kill(OURS);
  // A process that was stopped by a signal ends only when it goes on.
  if (process.platform !== 'win32') anvil.kill('SIGCONT');
};
process.stdin.once('close', stop);
process.stdin.on('error', stop);
process.stdin.resume();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('SIGHUP', stop);
