/** What the protocol tells of what somebody just did. */
import { viewsAfterActs } from '../../support/probes/views-after-acts.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeViewsAfterActs = defineProbes({
  name: 'probe-views-after-acts',
  story: 'asks getters about records, queues, pools and lists after simulated acts',
  ...withAgent(viewsAfterActs),
});
