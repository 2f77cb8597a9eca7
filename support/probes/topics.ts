/** Every topic of probes, by the name of its bundle. */
import { agents } from './agents.ts';
import { directMinting } from './direct-minting.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { limits } from './limits.ts';
import { openRedemption } from './open-redemption.ts';
import { openReservation } from './open-reservation.ts';
import { pools } from './pools.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import { requests } from './requests.ts';
import { offStates } from './states.ts';
import { viewsAfterActs } from './views-after-acts.ts';
import { views } from './views.ts';

export type ProbesOf = (prober: Prober, facts: Facts, agent: AgentFacts) => Promise<readonly Probe[]>;

export const TOPICS: Readonly<Record<string, ProbesOf>> = {
  'probe-reservation': openReservation,
  'probe-redemption': openRedemption,
  'probe-requests': requests,
  'probe-states': offStates,
  'probe-pools': pools,
  'probe-direct-minting': directMinting,
  'probe-agents': agents,
  'probe-limits': limits,
  'probe-views': views,
  'probe-views-after-acts': viewsAfterActs,
};
