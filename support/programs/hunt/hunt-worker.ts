/** A worker process that hunts one fault after the other. */
import type { PlantedFault } from '../../planted/planted-fault.ts';
import type { Program } from '../program.ts';
import { answerOrders } from '../workers.ts';
import { type HuntOptions, hunt } from './hunt.ts';

export interface HuntOrder {
  readonly fault: PlantedFault;
  readonly options: HuntOptions;
}

export const run: Program = async (suite) =>
  answerOrders(({ fault, options }: HuntOrder) => hunt(suite, fault, options));
