import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCHEMA_NAMES, schemaPath, schemaReference } from '../files/schemas.ts';
import { schemaText } from './schemas.ts';

test.for(SCHEMA_NAMES)('schemas/%s.schema.json is what the suite checks with; else run npm run schemas', (name) => {
  expect(JSON.parse(readFileSync(schemaPath(name), 'utf8'))).toEqual(JSON.parse(schemaText(name)));
});

test('a file names its schema as seen from where it is', () => {
  const path = schemaPath('run').replace('schemas/run.schema.json', 'reports/shard-1-of-2/run.json');
  expect(schemaReference(path, 'run')).toBe('../../schemas/run.schema.json');
});
