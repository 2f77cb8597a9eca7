/** A real proof, and everything that can be changed in it: each is another leaf, which no round has. */
import { judge, refused, THROUGH } from './probe.ts';
import type { Claim } from '../model/statement.ts';
import type { Facts } from './facts.ts';
import { otherBytes } from './proofs.ts';
import type { Prober } from './prober.ts';
import type { Call } from './simulation.ts';

/** A proof as the data-availability layer gives it. */
export interface RealProof {
  readonly merkleProof: readonly string[];
  readonly data: object;
}

interface Forgery {
  /** What is not as it was proven. */
  readonly changed: string;
  readonly proof: RealProof;
}

/** One for each field, one for the path to the root. */
export function forgeriesOf({ merkleProof, data }: RealProof): Forgery[] {
  const sibling = `0x${'42'.repeat(32)}`;
  return [
    { changed: 'merkleProof', proof: { merkleProof: [...merkleProof, sibling], data } },
    ...changedFields(data).map(([changed, forged]) => ({ changed, proof: { merkleProof, data: forged } })),
  ];
}

function changedFields(value: object): [path: string, changed: object][] {
  return Object.entries(value).flatMap(([name, field]: [string, unknown]): [string, object][] => {
    if (typeof field === 'object' && field !== null && !Array.isArray(field))
      return changedFields(field).map(([path, changed]) => [`${name}.${path}`, { ...value, [name]: changed }]);
    const changed = changedField(field);
    return changed === undefined ? [] : [[name, { ...value, [name]: changed }]];
  });
}

function changedField(field: unknown): unknown {
  if (typeof field === 'bigint') return field === 0n ? 1n : field - 1n;
  if (typeof field === 'boolean') return !field;
  if (typeof field === 'string' && /^0x([0-9a-f]{2})+$/i.test(field)) return otherBytes(field);
  return typeof field === 'string' ? `${field}1` : undefined;
}

export interface ForgedAct {
  /** Name of the function, for people. */
  readonly name: string;
  /** Error of a proof that the FDC does not know. */
  readonly error: string;
  /** Errors of fields that are looked at before the FDC is asked. */
  readonly earlier: Readonly<Record<string, string>>;
  readonly callWith: (proof: RealProof) => Call;
}

/** The act with the real proof goes through, with any forged one it does not. Plain calls: every node answers them. */
export async function forgedClaims(
  prober: Prober,
  facts: Facts,
  proof: RealProof,
  { name, error, earlier, callWith }: ForgedAct,
): Promise<Claim[]> {
  const probes = [
    { name: `${name} with the real proof`, must: THROUGH, call: callWith(proof) },
    ...forgeriesOf(proof).map(({ changed, proof: forged }) => ({
      name: `${name} with a forged ${changed}`,
      must: refused(earlier[changed] ?? error),
      call: callWith(forged),
    })),
  ];
  const outcomes = await prober.called(
    facts,
    probes.map(({ call }) => call),
  );
  return outcomes.flatMap((outcome, index) => {
    const probe = probes[index];
    return probe === undefined ? [] : [judge(probe, outcome)];
  });
}
