/** What users ask for, and the underlying clock. */
import { requests } from '../../support/probes/requests.ts';
import { withAgent } from './minting.ts';
import { defineProbes } from './probing.ts';

export const probeRequests = defineProbes({
  name: 'probe-requests',
  story: 'simulates requests to addresses that no ledger has, and updates of the underlying clock',
  ...withAgent(requests),
});
