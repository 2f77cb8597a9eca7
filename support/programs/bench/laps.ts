/** Splits what is used by what it is used for: the step under way, and apart from it the devnet's moves of time. */

/** Milliseconds of processor time. */
export interface Cost {
  readonly actsMs: number;
  /** While the devnet moved its time. */
  readonly movesMs: number;
}

export const NO_COST: Cost = { actsMs: 0, movesMs: 0 };
export const addCosts = (a: Cost, b: Cost): Cost => ({
  actsMs: a.actsMs + b.actsMs,
  movesMs: a.movesMs + b.movesMs,
});

export class Laps {
  readonly #usedMs: () => number;
  readonly #costs: Cost[] = [];
  #lastMs: number;
  #current = NO_COST;
  #isMoving = false;

  /** `usedMs` says what has been used so far. */
  constructor(usedMs: () => number) {
    this.#usedMs = usedMs;
    this.#lastMs = usedMs();
  }

  /** A move of time begins; call what it returns when it is over. */
  move(): () => void {
    this.#cut();
    this.#isMoving = true;
    return () => {
      this.#cut();
      this.#isMoving = false;
    };
  }

  /** Ends a lap. The next one begins. */
  next(): void {
    this.#cut();
    this.#costs.push(this.#current);
    this.#current = NO_COST;
  }

  /** Laps that have ended. */
  get costs(): readonly Cost[] {
    return this.#costs;
  }

  #cut(): void {
    const nowMs = this.#usedMs();
    const spentMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    this.#current = addCosts(this.#current, {
      actsMs: this.#isMoving ? 0 : spentMs,
      movesMs: this.#isMoving ? spentMs : 0,
    });
  }
}
