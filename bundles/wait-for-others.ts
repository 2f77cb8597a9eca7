/**
 * Waits for what others owe: until everything the user has open has ended, or the next move is the user's own. If somebody
 * never moves, that is a mismatch. Only winding up uses it; it is never drawn.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { RecordId } from '../support/model/state.ts';
import { type View, defineBundle } from '../support/sequence/bundle.ts';
import { stillOpen } from '../support/actors/open-records.ts';
import { claim } from './movements.ts';
import { isWindowOver } from './redeeming.ts';
import { activeRecords, awaitsExecution, isRedemption } from '../support/model/records.ts';

interface WaitPlan extends Record<string, string> {
  /** Records with commas between. */
  readonly records: string;
}

interface Waited {
  readonly open: readonly RecordId[];
  readonly isOwnMove: boolean;
}

/**
 * Seconds of network time to wait for others: far more than a payment window, its proof and some bad rounds take together.
 */
export const PATIENCE_S = 4 * 3600;
const LOOK_AGAIN_LEDGERS = 30;

export const waitForOthers = defineBundle<Actors, WaitPlan, Waited>({
  name: 'wait-for-others',
  story: 'waits until nothing of theirs is open that others must end',
  choices: [],
  // Elsewhere it is unknown how long an agent takes; the end of the run waits for it.
  needs: ['canInjectFaults'],
  arrange: [],
  enabled: (view) => owedByOthers(view).length > 0 || 'nothing is open that others must end',
  resolve: (view) => ({ records: owedByOthers(view).join(',') }),
  async run({ records }, { hands, look }, view) {
    const ids = records.split(',');
    const untilS = view.market.point.timeS + PATIENCE_S;
    for (;;) {
      const open = await stillOpen(hands, ids);
      if (open.length === 0) return { open, isOwnMove: false };
      const { market } = await look();
      const isOwnMove = open.some((id) => isUnpaid(view, id) && isWindowOver({ ...view, market }, id));
      if (isOwnMove || market.point.timeS >= untilS) return { open, isOwnMove };
      await hands.waiter.sleepS(LOOK_AGAIN_LEDGERS * hands.ledgerCloseS);
    }
  },
  // Whoever ended a record did so in the background.
  expected: (_view, _plan, { open, isOwnMove }) => ({
    movements: [],
    records: {},
    claims: [claim('left open by others', 'nothing', open.length === 0 || isOwnMove ? 'nothing' : open.join(', '))],
  }),
});

/** A redemption that is not paid yet, as far as known. */
const isUnpaid = ({ paid }: View, id: RecordId): boolean => isRedemption(id) && paid?.has(id) !== true;

/** Everything open but paid mintings, which their minter executes, and unpaid redemptions that can be defaulted. */
function owedByOthers(view: View): RecordId[] {
  return activeRecords(view.user.records)
    .filter((id) => !awaitsExecution(view.user.records[id], view.notes[id]))
    .filter((id) => !(isUnpaid(view, id) && isWindowOver(view, id)));
}
