/** A refusal as seen by what plays it: an act that the protocol must refuse, and what must be there before it. */
import type { Bundle, Params, View } from './bundle.ts';

/** A step that must be done before. */
export interface Arranged<Actors> {
  readonly bundle: Bundle<Actors>;
  /** Every choice of the bundle is this number. */
  readonly choice: number;
  readonly paramsOf: (view: View) => Params;
}

export interface Refusal<Actors> {
  readonly bundle: Bundle<Actors>;
  readonly error: string;
  /** Whose act is refused; what goes before is the user's in any case, who then stands by. */
  readonly by: 'user' | 'partner';
  readonly arrange: readonly Arranged<Actors>[];
  /** Parameters of the act, from each of the user's views while it is arranged; later ones win. */
  readonly about: (view: View, partnerAddress: string) => Params;
  /** What the user does next, where it can be done. */
  readonly afterwards: readonly Bundle<Actors>[];
}
