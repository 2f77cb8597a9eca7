/** Bundles that do nothing, and a suite of them. */
import { NOTHING_EXPECTED } from '../../model/statement.ts';
import { type Bundle, type BundleDefinition, defineBundle } from '../bundle.ts';
import type { Suite } from '../suite.ts';

type Change = Partial<BundleDefinition<null, Record<string, string>, null>>;

export const idleBundle = (name: string, change: Change = {}): Bundle<never> =>
  defineBundle<never, Record<string, string>, null>({
    name,
    story: 'does nothing',
    choices: [],
    arrange: [],
    enabled: () => true,
    resolve: () => ({}),
    run: async () => null,
    expected: () => NOTHING_EXPECTED,
    ...change,
  });

const look = idleBundle('look');

/** Not checked, as `defineSuite` does. */
export const suiteOf = (bundles: readonly Bundle<never>[]): Suite<never> => ({
  bundles,
  steps: [look],
  scenarios: [],
  refusals: [],
  probes: [],
  windingUp: { ends: [], leaves: [], spends: look, waits: look, looks: look, patienceS: 1 },
  standIns: [],
  reserves: { keepUba: 0n, poolKeepWei: 0n, leastEntryWei: 0n },
  programs: 'none',
});
