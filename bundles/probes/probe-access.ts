/** Whatever not everybody may do, tried by a stranger, on every contract of the protocol. */
import { accessClaims } from '../../support/probes/access.ts';
import { defineProbes } from './probing.ts';

export const probeAccess = defineProbes({
  name: 'probe-access',
  story: 'calls every function that is not for everybody, as a stranger and as whoever may',
  needs: [],
  enabled: ({ market }) => (market.agents.length > 0 ? true : 'there is no agent'),
  async claims(prober, facts) {
    const [agent] = facts.agents;
    return agent === undefined ? [] : accessClaims(prober, facts, agent);
  },
});
