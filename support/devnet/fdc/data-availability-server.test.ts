import { beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from './http-server.ts';
import { startDataAvailabilityServer } from './data-availability-server.ts';
import { ProofStore } from './proof-store.ts';
import { VotingRounds } from './voting-rounds.ts';

const store = new ProofStore();
const clock = { time: 1300, nowS: () => clock.time };
const request = '0xabcdef';
let server: RunningServer;

beforeAll(async () => {
  const attestation = {
    attestationType: '0x01',
    sourceId: '0x02',
    lowestUsedTimestamp: 2n ** 64n - 1n,
    requestBody: { addressStr: 'text' },
    responseBody: { isValid: true, amount: -5n },
  };
  const stored = { requestHex: request, attestation, responseHex: '0x1234', proof: ['0x99'] };
  store.add(1, 1100, [{ votingRoundId: 1, ...stored }]);
  store.add(2, 1200, [{ votingRoundId: 2, ...stored, proof: [] }]);
  store.add(3, 1400, [{ votingRoundId: 3, ...stored }]);
  server = await startDataAvailabilityServer({ store, clock, votingRounds: new VotingRounds(900, 100) });
  return () => server.stop();
});

async function ask(path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(server.url + path, init);
  return { status: response.status, text: await response.text() };
}
const json = (text: string): unknown => JSON.parse(text);

describe('status', () => {
  test('names the active round and the newest visible one', async () => {
    expect(json((await ask('/api/v0/fsp/status')).text)).toEqual({
      active: { voting_round_id: 4, start_timestamp: 1300 },
      latest_fdc: { voting_round_id: 2, start_timestamp: 1100 },
      latest_ftso: { voting_round_id: -1, start_timestamp: -1 },
    });
    expect(json((await ask('/api/v0/fsp/latest-voting-round')).text)).toMatchObject({ voting_round_id: 4 });
    expect(json((await ask('/api/health')).text)).toEqual({ healthy: true });
  });
});

describe('proofs', () => {
  const v0 = '/api/v0/fdc/get-proof-round-id-bytes';
  const v1 = '/api/v1/fdc/proof-by-request-round';
  const raw = `${v1}-raw`;

  test('v0 prints integers as strings', async () => {
    const { text } = await ask(v0, { votingRoundId: 1, requestBytes: request });
    expect(json(text)).toEqual({
      response: {
        attestationType: '0x01',
        sourceId: '0x02',
        votingRound: '1',
        lowestUsedTimestamp: '18446744073709551615',
        requestBody: { addressStr: 'text' },
        responseBody: { isValid: true, amount: '-5' },
      },
      proof: ['0x99'],
    });
  });

  test('v1 prints them as numbers of any size', async () => {
    const { text } = await ask(v1, { votingRoundId: 1, requestBytes: request });
    expect(text).toContain('"lowestUsedTimestamp":18446744073709551615,');
    expect(text).toContain('"amount":-5');
  });

  test('raw prints the bytes, of the newest round when none is named', async () => {
    const { text } = await ask(raw, { requestBytes: 'abcdef' });
    expect(json(text)).toEqual({ response_hex: '0x1234', attestation_type: '0x01', proof: [] });
  });

  test.each([
    ['a round still hidden', 3, request],
    ['an unknown round', 9, request],
    ['bytes in another case', 1, request.toUpperCase().replace('X', 'x')],
  ])('%s is the same 400', async (_name, votingRoundId, requestBytes) => {
    for (const path of [v0, v1, raw]) {
      const { status, text } = await ask(path, { votingRoundId, requestBytes });
      expect(status).toBe(400);
      expect(json(text)).toEqual({ error: 'attestation request not found' });
    }
  });

  test('missing fields are named', async () => {
    expect(await ask(v0, {})).toEqual({
      status: 400,
      text: '{"votingRoundId":["This field is required."],"requestBytes":["This field is required."]}',
    });
    expect((await ask(v1, { votingRoundId: 'x', requestBytes: 5 })).text).toBe(
      '{"votingRoundId":["A valid integer is required."],"requestBytes":["Not a valid string."]}',
    );
  });

  test('lists of a round', async () => {
    expect(json((await ask('/api/v0/fdc?voting_round_id=1')).text)).toHaveLength(1);
    expect(json((await ask('/api/v1/fdc?voting_round_id=3')).text)).toEqual([]);
    expect(json((await ask('/api/v1/fdc/raw?voting_round_id=2')).text)).toMatchObject([{ response_hex: '0x1234' }]);
    expect((await ask('/api/v1/fdc')).status).toBe(400);
  });

  test('a round becomes visible with time', async () => {
    clock.time = 1400;
    expect((await ask(raw, { votingRoundId: 3, requestBytes: request })).status).toBe(200);
    clock.time = 1300;
  });
});

test('a snapshot of the store puts rounds back', async () => {
  const restore = await store.snapshot();
  store.add(4, 1200, []);
  expect(store.latestRound(1300)).toBe(4);
  await restore();
  expect(store.latestRound(1300)).toBe(2);
});
