/**
 * A process that hunts: told of a fault by message, it answers with what came of it. Started by workers.ts, one hunt after
 * the other.
 */
import type { PlantedFault } from '../../support/canaries/planted-fault.ts';
import { type Hunt, type HuntOptions, hunt } from './hunt.ts';

export interface HuntOrder {
  readonly fault: PlantedFault;
  readonly options: HuntOptions;
}

export type HuntAnswer = { readonly hunt: Hunt } | { readonly error: string };

process.on('message', (order: HuntOrder) => {
  void answer(order).then((told) => process.send?.(told));
});
// Nobody is left to answer to.
process.on('disconnect', () => process.exit(1));

async function answer({ fault, options }: HuntOrder): Promise<HuntAnswer> {
  try {
    return { hunt: await hunt(fault, options) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
