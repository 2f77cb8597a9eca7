/** Versions that a result depends on, of what is installed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
