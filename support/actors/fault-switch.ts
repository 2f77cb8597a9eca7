/**
 * Lets a user's story meet an agent that does not pay, on a network where that can be arranged.
 *
 * It only ever adds to what is arranged; putting everything right again is `reset`, with the faults the run began with.
 */
import type { DevnetControl } from '../clients/devnet-control.ts';

/** The part of a devnet's fault plan that is touched here; the rest is passed on as it is. */
export interface FaultPlanBase {
  readonly agents?: object | undefined;
}

export class FaultSwitch {
  readonly #control: DevnetControl;
  readonly #base: FaultPlanBase;
  #silentRequests: readonly string[] = [];

  constructor(control: DevnetControl, base: FaultPlanBase) {
    this.#control = control;
    this.#base = base;
  }

  /** No agent pays these redemption requests. */
  async silenceAgents(requestIds: readonly bigint[]): Promise<void> {
    this.#silentRequests = [...this.#silentRequests, ...requestIds.map(String)];
    await this.#apply();
  }

  async reset(): Promise<void> {
    if (this.#silentRequests.length === 0) return;
    this.#silentRequests = [];
    await this.#apply();
  }

  async #apply(): Promise<void> {
    const silent = this.#silentRequests.length === 0 ? {} : { silent: this.#silentRequests };
    await this.#control.setFaults({ ...this.#base, agents: { ...this.#base.agents, ...silent } });
  }
}
