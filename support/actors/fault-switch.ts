/**
 * Turns faults of a devnet on and off while users act, where that can be arranged: named ones, and agents that do not pay
 * given requests.
 *
 * It only ever adds to what the run began with; `reset` leaves just that.
 */
import type { DevnetControl } from '../clients/devnet-control.ts';

/** The parts of a devnet's fault plan; what is in them is the devnet's business. */
export interface FaultPlanParts {
  readonly ledger?: object | undefined;
  readonly agents?: object | undefined;
  readonly fdc?: object | undefined;
  readonly prices?: object | undefined;
}

export interface NamedFault {
  readonly name: string;
  readonly plan: FaultPlanParts;
}

export class FaultSwitch {
  readonly #control: DevnetControl;
  readonly #base: FaultPlanParts;
  #silentRequests: readonly string[] = [];
  #on: readonly NamedFault[] = [];

  constructor(control: DevnetControl, base: FaultPlanParts) {
    this.#control = control;
    this.#base = base;
  }

  /** No agent pays these redemption requests. */
  async silenceAgents(requestIds: readonly bigint[]): Promise<void> {
    this.#silentRequests = [...this.#silentRequests, ...requestIds.map(String)];
    await this.#apply();
  }

  /** From here on exactly these are on; the others are healed. */
  async only(faults: readonly NamedFault[]): Promise<void> {
    const names = (list: readonly NamedFault[]) => list.map(({ name }) => name).join(',');
    if (names(faults) === names(this.#on)) return;
    this.#on = faults;
    await this.#apply();
  }

  /** Heals everything, whoever turned it on. */
  async reset(): Promise<void> {
    this.#silentRequests = [];
    this.#on = [];
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
    });
  }
}
