/**
 * Is every service of a network reachable, the right one, and up to date? Each URL is checked on its own; an error names
 * the setting to change. Reads only.
 */
import { z } from 'zod';
import { realPause } from '../clients/endpoints.ts';
import { JsonService } from '../clients/fdc/json-service.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readHead } from '../clients/flare/reads.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import { type ApiKeys, chainHeaders } from '../network/api-keys.ts';
import { cleaningUp } from '../units/troubles.ts';
import { type Finding, examine } from './finding.ts';

const TIMEOUT_MS = 10_000;
/** One lost answer says nothing about a service. */
const TRIES = 4;
/** With an older newest block, the chain, the ledger or the node has stopped. */
const OLDEST_HEAD_S = 120;
/** How many ledgers the verifier may lag behind, besides its confirmations. */
const MOST_BEHIND_LEDGERS = 100;

/** All services, side by side. */
export async function examineServices(record: NetworkRecord, apiKeys: ApiKeys, nowS: number): Promise<Finding[]> {
  const { chain, ledger, fdc } = record;
  const isLive = !record.capabilities.canWarpTime;
  const oldestS = isLive ? nowS - OLDEST_HEAD_S : 0;
  return Promise.all([
    ...chain.rpcUrls.map((url) => examine('chain', url, () => chainState(url, chain.chainId, apiKeys, oldestS))),
    ...ledger.webSocketUrls.map((url) => examine('ledger', url, () => ledgerState(url, ledger.networkId, oldestS))),
    ...fdc.verifierUrls.map((url) => examine('verifier', url, () => verifierState(url, apiKeys))),
    ...fdc.dataAvailabilityUrls.map((url) => examine('data availability', url, () => layerState(url, apiKeys))),
  ]);
}

async function chainState(url: string, chainId: number, apiKeys: ApiKeys, oldestS: number): Promise<string> {
  const rpc = new JsonRpc(url, { timeoutMs: TIMEOUT_MS, tries: TRIES, headers: chainHeaders(apiKeys) });
  try {
    const found = Number(await rpc.call<string>('eth_chainId'));
    if (found !== chainId) throw new Error(`is chain ${found}, not ${chainId}: RPC_URLS or the network record`);
    const { block, timeS } = await readHead(rpc);
    if (timeS < oldestS) throw new Error(`stands at block ${block} of ${dateText(timeS)}`);
    return `chain id ${found}, block ${block}`;
  } finally {
    rpc.close();
  }
}

async function ledgerState(url: string, networkId: number, oldestS: number): Promise<string> {
  const ledger = new LedgerClient(url, { timeoutMs: TIMEOUT_MS, tries: TRIES });
  const look = async (): Promise<string> => {
    await ledger.connect();
    const found = await ledger.networkId();
    if (found !== undefined && found !== networkId)
      throw new Error(`is network ${found}, not ${networkId}: LEDGER_URLS or the network record`);
    const head = await ledger.head();
    if (head.closeTimeS < oldestS) throw new Error(`stands at ledger ${head.ledger} of ${dateText(head.closeTimeS)}`);
    return `network id ${networkId}, ledger ${head.ledger}`;
  };
  return cleaningUp(look, () => ledger.disconnect());
}

const rangeAnswer = z.object({ status: z.literal('OK'), data: z.object({ last: z.number(), tip: z.number() }) });

async function verifierState(url: string, { verifier }: ApiKeys): Promise<string> {
  const path = '/api/indexer/block-range';
  const service = serviceAt(url, { 'X-API-KEY': verifier });
  const answer = await service.send('GET', path);
  if (answer.httpStatus === 401 || answer.httpStatus === 403)
    throw new Error(`refuses the API key (HTTP ${answer.httpStatus}): VERIFIER_API_KEY`);
  const { last, tip } = rangeAnswer.parse(service.accept(path, answer)).data;
  if (tip - last > MOST_BEHIND_LEDGERS) throw new Error(`has ledgers up to ${last} only, ${tip - last} behind the tip`);
  return `takes the API key, ledgers up to ${last}`;
}

const statusAnswer = z.object({ latest_fdc: z.object({ voting_round_id: z.number() }) });

async function layerState(url: string, { dataAvailability }: ApiKeys): Promise<string> {
  const service = serviceAt(url, dataAvailability === undefined ? {} : { 'x-api-key': dataAvailability });
  const { latest_fdc: latest } = statusAnswer.parse(await service.get('/api/v0/fsp/status'));
  return latest.voting_round_id < 0 ? 'no proofs yet' : `proofs up to round ${latest.voting_round_id}`;
}

function serviceAt(url: string, headers: Readonly<Record<string, string>>): JsonService {
  const waiter = {
    nowS: () => Promise.resolve(0),
    sleepS: (seconds: number) => realPause(seconds * 1000),
  };
  return new JsonService({ urls: [url], headers, waiter, timeoutMs: TIMEOUT_MS, tries: TRIES });
}

const dateText = (timeS: number): string => new Date(timeS * 1000).toISOString();
