/** Bundles of probes: a new one is one file, and one line here. */
import type { Actors } from '../../support/actors/actors.ts';
import type { Bundle } from '../../support/sequence/bundle.ts';
import { probeAccess } from './probe-access.ts';
import { probeAgents } from './probe-agents.ts';
import { probeDirectMinting } from './probe-direct-minting.ts';
import { probeLimits } from './probe-limits.ts';
import { probePools } from './probe-pools.ts';
import { probeRedemption } from './probe-redemption.ts';
import { probeRequests } from './probe-requests.ts';
import { probeReservation } from './probe-reservation.ts';
import { probeStates } from './probe-states.ts';
import { probeViewsAfterActs } from './probe-views-after-acts.ts';
import { probeViews } from './probe-views.ts';

export const probes: readonly Bundle<Actors>[] = [
  probeReservation,
  probeRedemption,
  probeRequests,
  probeStates,
  probePools,
  probeDirectMinting,
  probeAgents,
  probeLimits,
  probeAccess,
  probeViews,
  probeViewsAfterActs,
];
