/**
 * Turns a devnet's faults on and off while users act: named ones, and agents that do not pay given requests. Also lets happen
 * what no user can bring about: other prices and other terms of agents.
 *
 * It only adds to the faults the run began with; `reset` leaves just those.
 */
import type { DevnetControl } from '../clients/devnet-control.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { type ChainTrouble, TroubledRpc } from '../clients/flare/troubled-rpc.ts';

/** The parts of a devnet's fault plan. */
export interface FaultPlanParts {
  readonly ledger?: object | undefined;
  readonly agents?: object | undefined;
  readonly fdc?: object | undefined;
  readonly prices?: object | undefined;
  readonly strangers?: object | undefined;
}

export interface NamedFault {
  readonly name: string;
  readonly plan: FaultPlanParts;
  readonly chain?: ChainTrouble;
  readonly priceShiftsBips?: readonly number[];
  readonly baseFeesWei?: readonly bigint[];
}

export class FaultSwitch {
  readonly #control: DevnetControl;
  readonly #base: FaultPlanParts;
  #silentRequests: readonly string[] = [];
  #on: readonly NamedFault[] = [];
  readonly #connections: TroubledRpc[] = [];
  #publications = 0;
  #feeMoves = 0;

  constructor(control: DevnetControl, base: FaultPlanParts) {
    this.#control = control;
    this.#base = base;
  }

  /** No agent pays these redemption requests. */
  async silenceAgents(requestIds: readonly bigint[]): Promise<void> {
    this.#silentRequests = [...this.#silentRequests, ...requestIds.map(String)];
    await this.#apply();
  }

  /** The price of XRP becomes so many bips more (or less) than the usual one, at once. */
  async publishPrice(shiftBips: number): Promise<void> {
    await this.#control.publishPrice(shiftBips);
  }

  /** An agent announces another fee or share, and changes it when the protocol lets it. Returns the value that is to come. */
  async announceSetting(vault: string, name: string, value: number): Promise<number> {
    return this.#control.announceSetting(vault, name, value);
  }

  /** A user's connection to the chain, with the trouble that is on at the time of sending. */
  chainWithTrouble(chain: JsonRpc): JsonRpc {
    const connection = new TroubledRpc(chain, () => this.#on.find((fault) => fault.chain !== undefined)?.chain);
    this.#connections.push(connection);
    return connection;
  }

  /** Call when a step begins: turns on exactly these, heals the others, and publishes what comes with each step. */
  async only(faults: readonly NamedFault[]): Promise<void> {
    const names = (list: readonly NamedFault[]) => list.map(({ name }) => name).join(',');
    if (names(faults) !== names(this.#on)) {
      this.#on = faults;
      await this.#apply();
    }
    for (const { priceShiftsBips = [] } of faults) {
      const shiftBips = priceShiftsBips[this.#publications % priceShiftsBips.length];
      if (shiftBips === undefined) continue;
      this.#publications += 1;
      await this.#control.publishPrice(shiftBips);
    }
    for (const { baseFeesWei = [] } of faults) {
      const baseFeeWei = baseFeesWei[this.#feeMoves % baseFeesWei.length];
      if (baseFeeWei === undefined) continue;
      this.#feeMoves += 1;
      await this.#control.setBaseFee(baseFeeWei);
    }
  }

  /** Heals all faults. */
  async reset(): Promise<void> {
    this.#silentRequests = [];
    this.#on = [];
    this.#publications = 0;
    this.#feeMoves = 0;
    for (const connection of this.#connections) connection.reset();
    await this.#apply();
  }

  async #apply(): Promise<void> {
    const silent = this.#silentRequests.length === 0 ? {} : { agents: { silent: this.#silentRequests } };
    const plans: FaultPlanParts[] = [this.#base, silent, ...this.#on.map(({ plan }) => plan)];
    const merged = (part: keyof FaultPlanParts): object => Object.assign({}, ...plans.map((plan) => plan[part] ?? {}));
    await this.#control.setFaults({
      ledger: merged('ledger'),
      agents: merged('agents'),
      fdc: merged('fdc'),
      prices: merged('prices'),
      strangers: merged('strangers'),
    });
  }
}
