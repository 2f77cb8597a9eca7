/** Clients of the FDC's servers through every kind of trouble. */
import http from 'node:http';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DataAvailabilityClient } from '../clients/fdc/data-availability-client.ts';
import { ServiceUnavailable } from '../clients/endpoints.ts';
import { JsonService } from '../clients/fdc/json-service.ts';
import { VerifierClient } from '../clients/fdc/verifier-client.ts';
import { listenOnLoopback } from '../devnet/http/loopback.ts';
import { KINDS_OF } from './kinds.ts';
import { recordOf, strike } from './testing/struck-network.ts';

const ANSWERS: Readonly<Record<string, object>> = {
  '/AddressValidity/prepareRequest': { status: 'VALID', abiEncodedRequest: '0x1234' },
  '/api/v0/fsp/status': { latest_fdc: { voting_round_id: 7 } },
  '/api/v1/fdc/proof-by-request-round-raw': { response_hex: '0x12', attestation_type: '0x01', proof: ['0x99'] },
};
const server = http.createServer((request, response) => {
  response.end(JSON.stringify(ANSWERS[request.url ?? ''] ?? {}));
});
let url: string;
beforeAll(async () => {
  url = await listenOnLoopback(server, 'the test', 0);
  return () => {
    server.close();
    server.closeAllConnections();
  };
});

const waiter = { nowS: () => Promise.resolve(0), sleepS: () => Promise.resolve() };

async function through(
  ...[service, kind, options]: Parameters<typeof strike> extends [unknown, ...infer R] ? R : never
) {
  const chaos = await strike(recordOf(url, url.replace('http', 'ws'), url), service, kind, options);
  onTestFinished(() => chaos.stop());
  return chaos;
}

describe('verifier', () => {
  test.each(KINDS_OF.verifier)('%s: the request is prepared as without it', async (kind) => {
    const chaos = await through('verifier', kind, { most: 3 });
    const client = new VerifierClient({
      urls: chaos.record.fdc.verifierUrls,
      apiKey: 'k',
      sourceId: 'testXRP',
      waiter,
    });
    for (let asked = 0; asked < 3; asked += 1)
      expect(await client.prepareRequest('AddressValidity', { addressStr: 'r' })).toBe('0x1234');
    expect(chaos.counts()[kind]).toBe(3);
  });

  test.each(KINDS_OF.verifier.filter((kind) => kind !== 'delay' && kind !== 'duplicate'))(
    'without patience %s is an error',
    async (kind) => {
      const { record } = await through('verifier', kind);
      const once = new JsonService({ urls: record.fdc.verifierUrls, waiter, tries: 1 });
      await expect(once.get('/api/v0/fsp/status')).rejects.toThrow(ServiceUnavailable);
    },
  );
});

describe('data availability', () => {
  const clientOf = (urls: readonly string[]) => new DataAvailabilityClient({ urls, waiter });
  const proof = { responseHex: '0x12', merkleProof: ['0x99'] };

  test.each(KINDS_OF['data-availability'].filter((kind) => kind !== 'proofs-late' && kind !== 'not-found'))(
    '%s: proof and status are as without it',
    async (kind) => {
      const chaos = await through('data-availability', kind, { most: 2 });
      const client = clientOf(chaos.record.fdc.dataAvailabilityUrls);
      expect(await client.proof('AddressValidity', 7, '0xab')).toEqual(proof);
      expect(await client.latestRound()).toBe(7);
      expect(await client.proof('AddressValidity', 7, '0xab')).toEqual(proof);
    },
  );

  test('a layer that is late has neither proof nor round yet', async () => {
    const client = clientOf(
      (await through('data-availability', 'proofs-late', { most: 2 })).record.fdc.dataAvailabilityUrls,
    );
    expect(await client.proof('AddressValidity', 7, '0xab')).toBeUndefined();
    expect(await client.latestRound()).toBe(6);
    expect(await client.proof('AddressValidity', 7, '0xab')).toEqual(proof);
    expect(await client.latestRound()).toBe(7);
  });

  test('a path that is not found at times is asked again', async () => {
    const client = clientOf(
      (await through('data-availability', 'not-found', { most: 2 })).record.fdc.dataAvailabilityUrls,
    );
    expect(await client.latestRound()).toBe(7);
  });
});
