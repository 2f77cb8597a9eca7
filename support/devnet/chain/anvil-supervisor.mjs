/**
 * Runs anvil for as long as the process that started this script lives: when the pipe on stdin closes, for whatever
 * reason (also kill -9 of the parent), anvil is killed and its home folder removed. Knows nothing else of anvil.
 *
 * Usage: node anvil-supervisor.mjs <anvil binary> [arguments ...]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

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
  process.stderr.write(`anvil ended with ${signal ?? `exit code ${code}`}\n`);
  process.exit(1);
});

const stop = () => anvil.kill('SIGKILL');
process.stdin.once('close', stop);
process.stdin.on('error', stop);
process.stdin.resume();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('SIGHUP', stop);
