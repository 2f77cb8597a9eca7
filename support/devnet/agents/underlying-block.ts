/**
 * Keeps the asset manager's idea of the underlying block fresh, so that payment windows start near the present.
 */
import type { UnderlyingBlockTask } from './tasks.ts';
import { type Progress, type Workshop, confirmedIndex, proveAndCall } from './workshop.ts';

/** Seconds from one update to the request for the next. */
export const UNDERLYING_UPDATE_INTERVAL_S = 300;
const QUERY_WINDOW_S = 86_400n;

/** Never over: after an update the next one is due later. */
export async function workOnUnderlyingBlock(workshop: Workshop, task: UnderlyingBlockTask): Promise<Progress> {
  if (workshop.faults.stopUnderlyingUpdates === true || workshop.nowS() < task.dueS) return 'open';
  const progress = await proveAndCall(workshop, task, {
    type: 'ConfirmedBlockHeightExists',
    body: { blockNumber: BigInt(confirmedIndex(workshop)), queryWindow: QUERY_WINDOW_S },
    functionName: 'updateCurrentBlock',
    argumentsAfter: [],
  });
  if (progress === 'over') task.dueS = workshop.nowS() + UNDERLYING_UPDATE_INTERVAL_S;
  return 'open';
}
