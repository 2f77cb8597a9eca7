/** A fault planted on purpose on the devnet, to prove that the suite finds it. */
import type { SourcePatch } from '../devnet/contracts/compile.ts';
import type { FaultPlan } from '../devnet/fault-plan.ts';

export interface PlantedFault {
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly story: string;
  /** One-point changes of the stand-in's sources. */
  readonly patches?: readonly SourcePatch[];
  /** Misbehaviour of the devnet's services. */
  readonly services?: FaultPlan;
  /**
   * Kind of figure or revert that must give it away first: what follows the bundle's name in a failure's id. `npm run canaries`
   * does not count it as found by anything else. Several where it hangs on the drawn sequence which figure shows it first.
   */
  readonly check: string | readonly string[];
  /** The fewest steps that can show it; several where that hangs on the act that shows it first. */
  readonly steps: number | readonly number[];
}

/** The same fault, when an act meets it before what it was planted for: in so many steps, by one of these checks. */
export const metBy = (fault: PlantedFault, steps: number, ...checks: readonly string[]): PlantedFault => ({
  ...fault,
  check: [...checks, ...[fault.check].flat()],
  steps,
});
