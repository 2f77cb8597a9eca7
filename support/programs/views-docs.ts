/** `npm run views-docs`: writes docs/views.md. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Program } from './program.ts';
import { probesOfStandIn } from './refusals-docs.ts';
import { viewsDocument } from './views-document.ts';

export const VIEWS_DOCUMENT = resolve(import.meta.dirname, '../../docs/views.md');

export const run: Program = async () => {
  writeFileSync(VIEWS_DOCUMENT, viewsDocument(await probesOfStandIn()));
  return 0;
};
