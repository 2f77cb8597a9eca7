/** A worker process that soaks one seed after the other. */
import type { Program } from '../program.ts';
import { answerOrders } from '../workers.ts';
import { type SoakOrder, soak } from './soak.ts';

export const run: Program = async (suite) => answerOrders((order: SoakOrder) => soak(suite, order));
