/** `npm run events-docs`: writes docs/events.md. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eventsDocument } from './events-document.ts';
import type { Program } from './program.ts';

export const EVENTS_DOCUMENT = resolve(import.meta.dirname, '../../docs/events.md');

export const run: Program = async () => {
  writeFileSync(EVENTS_DOCUMENT, eventsDocument());
  return 0;
};
