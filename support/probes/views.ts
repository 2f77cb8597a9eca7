/** Views as things are: lists with their paging, agents, settings, and what is told of whoever never had anything. */
import { lists } from './view-lists.ts';
import { agentViews } from './view-agents.ts';
import type { Facts } from './facts.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import { readViewFacts } from './view-facts.ts';
import { nobodysViews } from './view-nobody.ts';
import { settingViews } from './view-settings.ts';

export async function views(prober: Prober, facts: Facts): Promise<Probe[]> {
  const truth = await readViewFacts(prober, facts);
  return [...lists(truth), ...agentViews(truth), ...settingViews(truth), ...nobodysViews(truth)];
}
