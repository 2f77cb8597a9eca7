/** The tables of events know every event and every field of the interfaces, each once. */
import { expect, test } from 'vitest';
import { namesOfEvents, saidOf } from './event-claims.ts';
import { EVENT_FIELDS } from './event-fields.ts';

test('every field of every event is judged, or it is said why not, and never both', () => {
  expect(EVENT_FIELDS.length).toBeGreaterThan(200);
  const unclear = EVENT_FIELDS.filter(([event, field]) => saidOf(event, field).length !== 1);
  expect(unclear.map(([event, field]) => `${event}.${field}: ${saidOf(event, field).join(' and ')}`)).toEqual([]);
});

test('nothing is said of an event or a field that there is not', () => {
  const known = new Set(EVENT_FIELDS.flatMap(([event, field]) => [event, `${event}.${field}`]));
  expect(namesOfEvents().filter((name) => !known.has(name))).toEqual([]);
});
