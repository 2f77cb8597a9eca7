/**
 * Something to control that does nothing, for tests of the way to it.
 */
import type { ControlTarget } from '../control-server.ts';

export const stillTarget = (): ControlTarget => ({
  now: () => 100,
  advanceTo: (atS) => Promise.resolve(atS),
  snapshot: () => Promise.resolve(1),
  restore: () => Promise.resolve(),
  setFaults: () => undefined,
  publishPrice: () => Promise.resolve(),
  setBaseFee: () => Promise.resolve(),
  announceSetting: () => Promise.resolve(0n),
  describe: () => ({}),
});
