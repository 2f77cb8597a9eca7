/** What a view answers, part by part and by name: `feeUBA`, `_agents[1].feeBIPS`, `_agents.length`. */
import type { Interface, ParamType } from 'ethers';

/** Texts by the names of the parts. An answer that cannot be read is one part. */
export function answerParts(
  { contract, name }: { readonly contract: Interface; readonly name: string },
  returned: string,
): ReadonlyMap<string, string> {
  const fragment = contract.getFunction(name);
  if (fragment === null) throw new Error(`no view is called ${name}`);
  const { outputs } = fragment;
  const [only] = outputs;
  try {
    const values = contract.decodeFunctionResult(fragment, returned);
    if (only !== undefined && outputs.length === 1) return new Map(partsOf(only, values[0], ''));
    return new Map(outputs.flatMap((output, index) => partsOf(output, values[index], output.name || `${index}`)));
  } catch {
    return new Map([['', returned]]);
  }
}

function partsOf(type: ParamType, value: unknown, path: string): [string, string][] {
  const { arrayChildren, components } = type;
  if (arrayChildren !== null && Array.isArray(value)) {
    const elements = [...value].flatMap((element, index) => partsOf(arrayChildren, element, `${path}[${index}]`));
    return [[`${path}.length`, String(value.length)], ...elements];
  }
  if (components !== null && Array.isArray(value))
    return components.flatMap((part, index) =>
      partsOf(part, value[index], path === '' ? part.name : `${path}.${part.name}`),
    );
  return [[path, String(value)]];
}
