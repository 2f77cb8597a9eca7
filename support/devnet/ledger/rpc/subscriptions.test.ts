/** What one connection can listen for. */
import { encodeAccountID } from 'ripple-address-codec';
import { expect, test } from 'vitest';
import { asking, fundedLedger } from '../testing.ts';
import { MOST_ACCOUNTS, newSubscriber } from './subscriptions.ts';

const addresses = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const id = new Uint8Array(20);
    new DataView(id.buffer).setUint32(0, first + at);
    return encodeAccountID(id);
  });

test.each(['accounts', 'accounts_proposed', 'rt_accounts'])(
  'a connection that listens for ever more %s is told where it ends, and keeps what it had',
  (name) => {
    const subscriber = newSubscriber(() => undefined);
    const ask = asking(fundedLedger([]), 'public', subscriber);
    const kept = () => subscriber.accounts.size + subscriber.proposedAccounts.size;

    expect(ask('subscribe', { [name]: addresses(0, MOST_ACCOUNTS) })).toEqual({});
    expect(ask('subscribe', { [name]: addresses(0, 10), streams: ['ledger'] })).toHaveProperty('ledger_index');
    expect(ask('subscribe', { [name]: addresses(MOST_ACCOUNTS, 1), streams: ['server'] })).toMatchObject({
      error: 'tooBusy',
      error_message: `A connection can listen for ${MOST_ACCOUNTS} accounts, and with this request it would be ${MOST_ACCOUNTS + 1}.`,
    });
    expect(kept()).toBe(MOST_ACCOUNTS);
    expect([...subscriber.streams.keys()]).toEqual(['ledger']);

    ask('unsubscribe', { [name]: addresses(0, 1) });
    expect(ask('subscribe', { [name]: addresses(MOST_ACCOUNTS, 1) })).toEqual({});
  },
);
