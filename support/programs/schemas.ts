/** `npm run schemas`: writes the JSON schemas of what people edit or read by machine, from what the suite itself checks with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { networkRecordSchema } from '../clients/network-record.ts';
import { SCHEMA_NAMES, type SchemaName, schemaPath } from '../files/schemas.ts';
import { runJsonSchema } from '../report/run-json.ts';
import { counterexampleSchema } from '../sequence/counterexample.ts';
import type { Program } from './program.ts';

const SCHEMAS: Readonly<Record<SchemaName, { readonly title: string; readonly schema: z.ZodType }>> = {
  run: { title: 'reports/run.json of FAssets QA', schema: runJsonSchema },
  network: { title: 'A network record of FAssets QA', schema: networkRecordSchema },
  counterexample: { title: 'A counterexample of FAssets QA', schema: counterexampleSchema },
};

/** The text of a schema's file. */
export function schemaText(name: SchemaName): string {
  const { title, schema } = SCHEMAS[name];
  // As it is in a file, before what is only for editors is left out.
  const { $schema, ...content } = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ $schema, title, ...content }, null, 2)}\n`;
}

export const run: Program = async () => {
  for (const name of SCHEMA_NAMES) {
    mkdirSync(dirname(schemaPath(name)), { recursive: true });
    writeFileSync(schemaPath(name), schemaText(name));
  }
  return 0;
};
