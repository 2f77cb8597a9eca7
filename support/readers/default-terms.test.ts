/** When the terms of a default are read, and what becomes of those that cannot be. */
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { sampleAgent, sampleMarket } from '../model/testing/sample-market.ts';
import type { Market } from '../model/market.ts';
import { defaultTerms } from '../model/redemption-default.ts';
import { expect, test } from 'vitest';
import { DefaultTermsReader } from './default-terms.ts';
import type { ProtocolEvent } from './protocol-logs.ts';

const VAULT = `0x${'ab'.repeat(20)}`;
const MARKET = sampleMarket({ agents: [sampleAgent(VAULT)] });
const WHO = { evmAddress: `0x${'1'.repeat(40)}`, ledgerAddress: 'r' };
const AT = { block: 900, timeS: 0, ledger: 7, ledgerTimeS: 0 };

/** Defaults of the requests, one a block from block 500 on. */
function events(name: string, ...requests: readonly { readonly hash: string; readonly block: number }[]) {
  return requests.map(({ hash, block }): ProtocolEvent => {
    const values = [VAULT, WHO.evmAddress, 3n, 10_000_000n, 5n, 6n];
    const { data, topics } = assetManagerInterface.encodeEventLog('RedemptionDefault', values);
    const event = assetManagerInterface.parseLog({ data, topics });
    if (event === null) throw new Error('it cannot be read back');
    return { event, vault: undefined, emitter: '0xa5', hash, block, blockHash: `${name} ${block}`, atS: 0n };
  });
}

function reading(answer: () => Promise<Market> = async () => MARKET) {
  const blocks: number[] = [];
  const reader = new DefaultTermsReader({
    market: async (at) => {
      blocks.push(at?.block ?? 0);
      return answer();
    },
  });
  return { reader, blocks };
}

const NONE = new Set<string>();

test('they are read once, at the block before, by whoever sees the event first', async () => {
  const { reader, blocks } = reading();
  const [event] = events('chain', { hash: '0xa', block: 500 });
  if (event === undefined) throw new Error('there is no event');
  const other = { ...WHO, evmAddress: `0x${'2'.repeat(40)}` };
  reader.notice(other, [event], NONE, AT);
  expect(blocks, 'nobody who was paid has looked yet').toEqual([]);
  reader.notice(WHO, [], NONE, AT);
  reader.notice(other, [event], NONE, AT);
  expect(blocks).toEqual([499]);
  reader.notice(WHO, [event], NONE, { ...AT, block: 2_000 });
  expect(await reader.of(event)).toEqual(defaultTerms(MARKET, VAULT));
  expect(blocks).toEqual([499]);
});

test('what the watch over the protocol has read first is known to the redeemer too, and not read again', async () => {
  const market = sampleMarket({ agents: [sampleAgent(VAULT, { mintedUba: 20_000_000n })] });
  const { reader, blocks } = reading(async () => market);
  const all = events('chain', { hash: '0xa', block: 500 });
  const [event] = all;
  if (event === undefined) throw new Error('there is no event');
  await reader.termsOf(event, all, AT);
  reader.notice(WHO, all, NONE, AT);
  expect(await reader.of(event)).toEqual(defaultTerms(market, VAULT));
  expect(blocks).toEqual([499]);
});

test('of what one paid for oneself nothing is read', () => {
  const { reader, blocks } = reading();
  reader.notice(WHO, events('chain', { hash: '0xa', block: 500 }), new Set(['0xa']), AT);
  expect(blocks).toEqual([]);
});

test('a chain that was put back is another chain', () => {
  const { reader, blocks } = reading();
  for (const chain of ['before', 'after']) reader.notice(WHO, events(chain, { hash: '0xa', block: 500 }), NONE, AT);
  expect(blocks).toEqual([499, 499]);
});

test('what cannot be told is thrown at who asks for it, and only then', async () => {
  const shared = events('chain', { hash: '0xa', block: 500 }, { hash: '0xb', block: 500 }, { hash: '0xc', block: 501 });
  const { reader } = reading();
  reader.notice(WHO, shared, NONE, AT);
  const [first, , third] = shared;
  if (first === undefined || third === undefined) throw new Error('there is no event');
  await expect(reader.of(first)).rejects.toThrow('what stood before the default in 0xa cannot be read');
  await expect(reader.of(third)).resolves.toBeDefined();

  await expect(reading().reader.of(third)).rejects.toThrow('was not noticed');
});

test('what could not be read ahead is read by whoever asks for it', async () => {
  const [event] = events('chain', { hash: '0xa', block: 500 });
  if (event === undefined) throw new Error('there is no event');
  let isDown = true;
  const { reader, blocks } = reading(async () => {
    if (isDown) throw new Error('gone');
    return MARKET;
  });
  reader.notice(WHO, [event], NONE, AT);
  await expect(reader.of(event)).rejects.toThrow('gone');
  isDown = false;
  expect(await reader.of(event)).toEqual(defaultTerms(MARKET, VAULT));
  expect(blocks).toEqual([499, 499]);
});
