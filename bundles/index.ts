/** Every bundle, in the order they are tried. A new bundle is one file and one line here. */
import type { Actors } from '../support/actors/actors.ts';
import type { Bundle } from '../support/sequence/bundle.ts';
import { mintLowestFeeAgent } from './mint-lowest-fee-agent.ts';
import { mintRandomAgent } from './mint-random-agent.ts';
import { redeem } from './redeem.ts';

export const bundles: readonly Bundle<Actors>[] = [mintLowestFeeAgent, mintRandomAgent, redeem];
