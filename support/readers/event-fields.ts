/** Every field of the events of the asset manager, pools and tokens; an event without fields as itself. */
import { assetManagerInterface, erc20Interface, poolInterface } from '../clients/flare/interfaces.ts';

export const EVENT_FIELDS: readonly (readonly [event: string, field?: string])[] = [
  assetManagerInterface,
  poolInterface,
  erc20Interface,
].flatMap((contract) => {
  const fields: (readonly [string, string?])[] = [];
  contract.forEachEvent(({ name, inputs }) => {
    if (inputs.length === 0) fields.push([name]);
    for (const input of inputs) fields.push([name, input.name]);
  });
  return fields;
});
