/** A process that hunts, one fault after the other. */
import type { PlantedFault } from '../../support/canaries/planted-fault.ts';
import { answerOrders } from '../../fixtures/workers.ts';
import { type HuntOptions, hunt } from './hunt.ts';

export interface HuntOrder {
  readonly fault: PlantedFault;
  readonly options: HuntOptions;
}

answerOrders(({ fault, options }: HuntOrder) => hunt(fault, options));
