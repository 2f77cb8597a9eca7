/** The tables of events know every event and every field of the interfaces, each once. */
import { expect, test } from 'vitest';
import { assetManagerInterface, erc20Interface, poolInterface } from '../clients/flare/interfaces.ts';
import { namesOfEvents, saidOf } from './event-claims.ts';

const FIELDS = [assetManagerInterface, poolInterface, erc20Interface].flatMap((contract) => {
  const fields: (readonly [string, string | undefined])[] = [];
  contract.forEachEvent(({ name, inputs }) => {
    if (inputs.length === 0) fields.push([name, undefined]);
    for (const input of inputs) fields.push([name, input.name]);
  });
  return fields;
});

test('every field of every event is judged, or it is said why not, and never both', () => {
  expect(FIELDS.length).toBeGreaterThan(200);
  const unclear = FIELDS.filter(([event, field]) => saidOf(event, field).length !== 1);
  expect(unclear.map(([event, field]) => `${event}.${field}: ${saidOf(event, field).join(' and ')}`)).toEqual([]);
});

test('nothing is said of an event or a field that there is not', () => {
  const known = new Set(FIELDS.flatMap(([event, field]) => [event, `${event}.${field}`]));
  expect(namesOfEvents().filter((name) => !known.has(name))).toEqual([]);
});
