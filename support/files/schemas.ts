/** Where the JSON schemas of the suite's files are, and how such a file names its own, so that an editor checks it. */
import { dirname, relative, resolve, sep } from 'node:path';

export const SCHEMA_NAMES = ['run', 'network', 'counterexample'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

export const schemaPath = (name: SchemaName): string =>
  resolve(import.meta.dirname, `../../schemas/${name}.schema.json`);

/** What a file at this path has as `$schema`: relative, so that it holds wherever the checkout is. */
export const schemaReference = (path: string, name: SchemaName): string =>
  relative(dirname(resolve(path)), schemaPath(name)).replaceAll(sep, '/');
