/** Versions that a result depends on: of what is installed, and of the suite's own checkout. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const REPORTED = ['vitest', 'fast-check', 'ethers', 'xrpl', '@foundry-rs/anvil', 'solc'] as const;
const manifest = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });

/** Our own version and those of the packages that act, plus Node's. */
export function packageVersions(): Record<string, string> {
  const own = manifest.parse(
    JSON.parse(readFileSync(createRequire(import.meta.url).resolve('../../package.json'), 'utf8')),
  );
  return {
    'fassets-qa': own.version,
    node: process.versions.node,
    ...Object.fromEntries(REPORTED.map((name) => [name, own.dependencies[name] ?? 'not installed'])),
  };
}

export interface Commit {
  readonly hash: string;
  /** Files of the checkout differ from it. */
  readonly isChanged: boolean;
}

/** Of the suite's checkout; null when it is none, or there is no git to ask. */
export function commitOf(folder = resolve(import.meta.dirname, '../..')): Commit | null {
  // Below somebody else's checkout git would tell of that one.
  if (!existsSync(join(folder, '.git'))) return null;
  const git = (...words: string[]) => spawnSync('git', ['-C', folder, ...words], { encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  const changes = git('status', '--porcelain', '--untracked-files=no');
  if (head.status !== 0 || changes.status !== 0) return null;
  return { hash: head.stdout.trim(), isChanged: changes.stdout !== '' };
}
