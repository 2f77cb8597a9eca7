/** Views after acts that are only simulated: records, the queue, pools, lists, and prices of every kind. */
import type { AgentFacts, Facts } from './facts.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import { readViewFacts } from './view-facts.ts';
import { governedViews } from './view-governed.ts';
import { changedViews } from './view-changes.ts';
import { fAssetViewsAfterActs, poolViewsAfterActs } from './view-pools.ts';
import { queueViews } from './view-queue.ts';
import { recordViews } from './view-records.ts';

export async function viewsAfterActs(prober: Prober, facts: Facts, { vault }: AgentFacts): Promise<Probe[]> {
  const truth = await readViewFacts(prober, facts);
  const agent = truth.agents.find((one) => one.vault === vault);
  if (agent === undefined) return [];
  return [
    ...(await recordViews(prober, truth, agent)),
    ...(await queueViews(prober, truth)),
    ...(await poolViewsAfterActs(prober, truth, agent)),
    ...(await changedViews(prober, truth, agent)),
    ...(await governedViews(prober, truth, agent)),
    ...(await fAssetViewsAfterActs(prober, truth, agent)),
  ];
}
