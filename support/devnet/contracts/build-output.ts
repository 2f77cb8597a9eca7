/**
 * The committed build output: what the contracts of this folder compile to, with the hash of what they were compiled from.
 * `npm run contracts` writes it. With any other hash it is not used, and the sources are compiled.
 */
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { keep, readKept } from '../kept-files.ts';

export const artifactsSchema = z.record(
  z.string(),
  z.object({ contractName: z.string(), abi: z.array(z.unknown()), bytecode: z.string().startsWith('0x') }),
);
export type Artifacts = z.infer<typeof artifactsSchema>;

const buildOutputSchema = z.object({ hash: z.string(), artifacts: artifactsSchema });
export type BuildOutput = z.infer<typeof buildOutputSchema>;

const FILE = path.join(import.meta.dirname, 'build-output.json.br');

/** Undefined when there is none. Throws for a file that is not whole. */
export function readBuildOutput(): BuildOutput | undefined {
  const bytes = readKept(FILE);
  if (bytes === undefined) return undefined;
  return buildOutputSchema.parse(JSON.parse(brotliDecompressSync(bytes).toString('utf8')));
}

export function writeBuildOutput(output: BuildOutput): void {
  const text = JSON.stringify(output);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  keep(FILE, brotliCompressSync(text, { params }));
}
