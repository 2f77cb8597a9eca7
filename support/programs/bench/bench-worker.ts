/** A fresh process that plays once. */
import type { Program } from '../program.ts';
import { answerOrders } from '../workers.ts';
import { type FirstPlayOrder, firstPlay } from './first-play.ts';

export const run: Program = async (suite) => answerOrders((order: FirstPlayOrder) => firstPlay(suite, order));
