/**
 * The state that a step's first transaction met. It is read as soon as the transaction is known: a step may last for
 * hundreds of blocks, and a chain forgets old states.
 */
import type { Look } from '../actors/actors.ts';
import type { View } from '../sequence/bundle.ts';
import { Remembered } from '../units/remembered.ts';

export class MetLook {
  /** Reads the state at the end of a block, with the records that the view has. */
  readonly #lookAt: (block: number, view: View) => Promise<Look>;
  #view: View | undefined;
  #look: (() => Promise<Look>) | undefined;

  constructor(lookAt: (block: number, view: View) => Promise<Look>) {
    this.#lookAt = lookAt;
  }

  /** Called when a step begins with this view. */
  begin(view: View): void {
    this.#view = view;
    this.#look = undefined;
  }

  /** Called for each block with a transaction of the user's own; only the first of a step counts. */
  booked(block: number): void {
    const view = this.#view;
    this.#view = undefined;
    if (view === undefined || view.market.point.block >= block - 1) return;
    const met = new Remembered<Look>();
    this.#look = () => met.of('met', () => this.#lookAt(block - 1, view));
    void this.#look();
  }

  /** The view at the first transaction. Throws what reading it threw. */
  async met(view: View): Promise<View> {
    return this.#look === undefined ? view : { ...view, ...(await this.#look()) };
  }
}
