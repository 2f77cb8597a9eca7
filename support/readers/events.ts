/** Finds the protocol's events among a receipt's logs. */
import type { Interface, Result } from 'ethers';
import type { EventLog } from '../clients/flare/account.ts';

export interface NamedEvent {
  readonly name: string;
  readonly args: Result;
}

/** The events of one contract that `contract` knows, in log order. */
export function eventsOf(logs: readonly EventLog[], address: string, contract: Interface): NamedEvent[] {
  const wanted = address.toLowerCase();
  return logs
    .filter((log) => log.address.toLowerCase() === wanted)
    .flatMap((log) => {
      const parsed = contract.parseLog(log);
      return parsed === null ? [] : [{ name: parsed.name, args: parsed.args }];
    });
}

/** Arguments of the one event of that name; throws when the transaction has none. */
export function requireEvent(events: readonly NamedEvent[], name: string): Result {
  const found = events.find((event) => event.name === name);
  if (found === undefined) throw new Error(`the transaction has no ${name} event`);
  return found.args;
}
