/**
 * chaos: proxies in front of chain, ledger, verifier and data-availability layer, and a record with their addresses.
 * Imports clients and devnet, besides units and files. Control calls are not proxied.
 * Never here: the clients' handling of trouble.
 */
import type { NetworkRecord } from '../clients/network-record.ts';
import { Closers } from '../devnet/closers.ts';
import { Dice, type DiceOptions } from './dice.ts';
import { type OwnKinds, startHttpProxy } from './http-proxy.ts';
import type { Service } from './kinds.ts';
import { chainKinds, dataAvailabilityKinds, verifierKinds } from './own-kinds.ts';
import { startSocketProxy } from './socket-proxy.ts';

export interface Chaos {
  /** The network, with the proxies' URLs. */
  readonly record: NetworkRecord;
  /** How often each kind has struck so far. */
  counts(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Puts a proxy on the loopback interface before each URL of the record. */
export async function startChaos(record: NetworkRecord, options: DiceOptions): Promise<Chaos> {
  const dice = new Dice(options);
  const closers = new Closers();
  const stand = async (service: Exclude<Service, 'ledger'>, urls: readonly string[], ownKinds: OwnKinds) =>
    Promise.all(
      urls.map(async (url) => {
        const proxy = await startHttpProxy({ service, url, dice, ownKinds });
        closers.add(() => proxy.stop());
        return proxy.url;
      }),
    );
  const standBeforeSocket = async (url: string) => {
    const proxy = await startSocketProxy(url, dice);
    closers.add(() => proxy.stop());
    return proxy.url;
  };
  const { chain, ledger, fdc } = record;
  try {
    return {
      record: {
        ...record,
        chain: { ...chain, rpcUrls: await stand('chain', chain.rpcUrls, chainKinds(dice)) },
        ledger: { ...ledger, webSocketUrls: await Promise.all(ledger.webSocketUrls.map(standBeforeSocket)) },
        fdc: {
          ...fdc,
          verifierUrls: await stand('verifier', fdc.verifierUrls, verifierKinds),
          dataAvailabilityUrls: await stand('data-availability', fdc.dataAvailabilityUrls, dataAvailabilityKinds),
        },
      },
      counts: () => dice.counts(),
      stop: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}
