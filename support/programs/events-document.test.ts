/** docs/events.md is what the tables of events say now. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENTS_DOCUMENT } from './events-docs.ts';
import { eventsDocument } from './events-document.ts';

test('it is the written one; npm run events-docs writes it', () => {
  expect(readFileSync(EVENTS_DOCUMENT, 'utf8')).toBe(eventsDocument());
  expect(eventsDocument()).toContain('`RedemptionPerformed.redeemer`');
});
