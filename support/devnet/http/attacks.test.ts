/** Every server of the devnet under the same attacks. */
import { VotingRounds } from '../fdc/voting-rounds.ts';
import { startDataAvailabilityServer } from '../fdc/data-availability-server.ts';
import { WrittenHistory } from '../fdc/history-double.ts';
import { ProofStore } from '../fdc/proof-store.ts';
import { startVerifierServer } from '../fdc/verifier-server.ts';
import { startLedgerServer } from '../ledger/server.ts';
import { fundedLedger, startS, walletOf } from '../ledger/testing.ts';
import { startControlServer } from '../control-server.ts';
import { FRIEND, standsAttacks } from '../testing/attacks.ts';
import { stillTarget } from '../testing/still-target.ts';

const json = { 'content-type': 'application/json' };

standsAttacks('the ledger', async () => {
  const server = await startLedgerServer(fundedLedger([walletOf(1)]), { visitors: FRIEND });
  return { url: server.jsonRpcUrl, headers: json, body: '{"method":"server_info"}', stop: () => server.stop() };
});

standsAttacks('the verifier', async () => {
  const history = new WrittenHistory(100);
  history.close(startS);
  history.closeEmpty(10, 4);
  const server = await startVerifierServer({ history, sourceId: 'testXRP', apiKey: 'key', visitors: FRIEND });
  const url = `${server.url}/AddressValidity/verifyFDC`;
  const headers = { ...json, 'x-api-key': 'key' };
  return { url, headers, body: '{"abiEncodedRequest":"0x00"}', stop: () => server.stop() };
});

standsAttacks('data availability', async () => {
  const store = new ProofStore();
  const attestation = {
    attestationType: '0x01',
    sourceId: '0x02',
    lowestUsedTimestamp: 1n,
    requestBody: {},
    responseBody: {},
  };
  store.add(1, 1, [{ votingRoundId: 1, requestHex: '0xab', attestation, responseHex: '0x12', proof: [] }]);
  const votingRounds = new VotingRounds(0, 90);
  const server = await startDataAvailabilityServer({
    store,
    clock: { nowS: () => 1000 },
    votingRounds,
    visitors: FRIEND,
  });
  const url = `${server.url}/api/v1/fdc/proof-by-request-round`;
  return { url, headers: json, body: '{"votingRoundId":1,"requestBytes":"0xab"}', stop: () => server.stop() };
});

standsAttacks('the control server', async () => {
  const token = '5a'.repeat(32);
  const server = await startControlServer(stillTarget(), { token, visitors: FRIEND });
  const headers = { ...json, authorization: `Bearer ${token}` };
  return { url: server.url, headers, body: '{"method":"now"}', stop: () => server.stop() };
});
