/**
 * chaos: proxies in front of chain, ledger, verifier and data-availability layer, and a record with their addresses.
 * Imports clients and devnet, besides units and files. Control calls are not proxied.
 * Never here: the clients' handling of trouble.
 */
import type { NodeLimits } from '../clients/flare/node-limits.ts';
import { coston2 } from '../clients/known-networks/coston2.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { Closers } from '../devnet/closers.ts';
import { Dice, type DiceOptions } from './dice.ts';
import { type OwnKinds, startHttpProxy } from './http-proxy.ts';
import { LIMIT_KINDS, type LimitKind, type Service } from './kinds.ts';
import { chainKinds, chainLimits, dataAvailabilityKinds, verifierKinds } from './own-kinds.ts';
import { startSocketProxy } from './socket-proxy.ts';

export interface Chaos {
  /** The network, with the proxies' URLs. */
  readonly record: NetworkRecord;
  /** How often each kind has struck so far. */
  counts(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

export interface ChaosOptions extends DiceOptions {
  /**
   * What the chain's nodes always refuse, by the limits of the record or, where it has none, of Coston2's public nodes. The
   * record of the chaos has these limits too, so whoever uses it keeps within them.
   */
  readonly limits?: readonly LimitKind[];
}

/** Puts a proxy on the loopback interface before each URL of the record. */
export async function startChaos(record: NetworkRecord, options: ChaosOptions): Promise<Chaos> {
  const { chain, ledger, fdc } = record;
  const { limits: kinds = [] } = options;
  const limits = limitsOf(kinds, chain.limits);
  const dice = new Dice(options);
  const closers = new Closers();
  const stand = async (service: Exclude<Service, 'ledger'>, urls: readonly string[], ownKinds: OwnKinds) =>
    Promise.all(
      urls.map(async (url) => {
        const refused = service === 'chain' && kinds.length > 0 ? { refused: chainLimits(kinds, limits) } : {};
        const proxy = await startHttpProxy({ service, url, dice, ownKinds, ...refused });
        closers.add(() => proxy.stop());
        return proxy.url;
      }),
    );
  const standBeforeSocket = async (url: string) => {
    const proxy = await startSocketProxy(url, dice);
    closers.add(() => proxy.stop());
    return proxy.url;
  };
  try {
    return {
      record: {
        ...record,
        chain: {
          ...chain,
          rpcUrls: await stand('chain', chain.rpcUrls, chainKinds(dice)),
          ...(kinds.length > 0 && { limits: { ...chain.limits, ...limits } }),
        },
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

/** Of the limits that are wanted. */
function limitsOf(kinds: readonly LimitKind[], own: NodeLimits = {}): NodeLimits {
  const names = kinds.map((kind) => LIMIT_KINDS[kind]);
  const all: NodeLimits = { ...coston2.chain.limits, ...own };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
