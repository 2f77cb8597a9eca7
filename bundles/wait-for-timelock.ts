/** Waits until every pool token the user has entered is free. A step of stories, not drawn at random. */
import { defineWait } from './waiting.ts';

export const waitForTimelock = defineWait(
  'wait-for-timelock',
  'waits until all entered pool tokens are free',
  ({ timelocks }) =>
    Object.values(timelocks)
      .flat()
      .map(({ endS }) => endS),
);
