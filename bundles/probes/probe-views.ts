/** Whatever the protocol tells when it is asked, as things are. */
import { views } from '../../support/probes/views.ts';
import { defineProbes } from './probing.ts';

export const probeViews = defineProbes({
  name: 'probe-views',
  story: 'asks every getter, and holds the answers against formulas and against each other',
  needs: [],
  enabled: ({ market }) => (market.agents.length > 0 ? true : 'there is no agent'),
  claims: async (prober, facts) => prober.viewClaims(facts, await views(prober, facts)),
});
