/**
 * What a play does to its network: transactions, ledger payments, moves of time. Recorded while the suite plays, then sent
 * bare from the same state: what any tester would have to do for the very same acts.
 */
import type { Outgoing, Traffic } from '../../clients/traffic.ts';
import type { World } from '../../network/world.ts';
import type { Laps } from './laps.ts';

type Call = Outgoing['calls'][number];

/** A call that changes the network, or the begin of a step. */
export type Act = { readonly service: Outgoing['service']; readonly call: Call } | { readonly step: string };

/** Requests by service, calls by method. */
export type Counts = Readonly<Record<string, number>>;

const CHANGES: Readonly<Record<Outgoing['service'], ReadonlySet<string>>> = {
  chain: new Set(['eth_sendRawTransaction', 'eth_sendRawTransactionSync']),
  ledger: new Set(['submit']),
  control: new Set(['advanceTo', 'setFaults', 'publishPrice', 'announceSetting', 'setBaseFee']),
};

/** Of one play. */
export class Tape {
  readonly acts: Act[] = [];
  readonly counts: Record<string, number> = {};

  /** Each step is a lap: it ends where the next one begins, so the look before a step belongs to the one before it. */
  beginStep(bundle: string, laps: Laps): void {
    if (this.steps.length > 0) laps.next();
    this.acts.push({ step: bundle });
  }

  /** Bundles of the steps, in order. */
  get steps(): readonly string[] {
    return this.acts.flatMap((act) => ('step' in act ? [act.step] : []));
  }

  note({ service, calls }: Outgoing): void {
    this.#count(`${service} requests`);
    for (const call of calls) {
      this.#count(call.method);
      if (CHANGES[service].has(call.method)) this.acts.push({ service, call });
    }
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

/** Listens to a stage; what is played goes onto the tape of the moment. */
export class Recorder implements Traffic {
  #into: { readonly tape: Tape; readonly laps: Laps } | undefined;

  recordInto(tape: Tape, laps: Laps): void {
    this.#into = { tape, laps };
  }

  /** A step of this bundle begins. */
  step(bundle: string): void {
    this.#into?.tape.beginStep(bundle, this.#into.laps);
  }

  stop(): void {
    this.#into = undefined;
  }

  request(outgoing: Outgoing): () => void {
    if (this.#into === undefined) return () => {};
    const { tape, laps } = this.#into;
    tape.note(outgoing);
    return isMove(outgoing) ? laps.move() : () => {};
  }
}

const isMove = ({ service, calls }: Outgoing): boolean => service === 'control' && calls[0]?.method === 'advanceTo';

/** Sends what the tape holds and nothing else, with one read for each step. */
export async function sendBare({ acts }: Tape, { rpc, ledger, control, contracts }: World, laps: Laps): Promise<void> {
  let isFirst = true;
  for (const act of acts) {
    if ('step' in act) {
      if (!isFirst) laps.next();
      isFirst = false;
      await rpc.call('eth_call', [{ to: contracts.fAsset, data: TOTAL_SUPPLY }, 'latest']);
      continue;
    }
    const { service, call } = act;
    const over = isMove({ service, calls: [call] }) ? laps.move() : undefined;
    if (service === 'chain') await rpc.call(call.method, Array.isArray(call.params) ? call.params : []);
    else if (service === 'ledger') await ledger.submit(blobOf(call));
    else await control?.repeat(call.method, call.params);
    over?.();
  }
  laps.next();
}

/** Selector of totalSupply(). */
const TOTAL_SUPPLY = '0x18160ddd';

function blobOf({ params }: Call): string {
  if (typeof params === 'object' && params !== null && 'tx_blob' in params) return String(params.tx_blob);
  throw new Error('a ledger transaction was submitted without its bytes');
}
