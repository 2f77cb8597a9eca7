/** docs/refusals.md: each custom error with what meets it, or why nothing does, and each function with who is refused. Text only. */
import { ERROR_FRAGMENTS } from '../clients/flare/protocol-errors.ts';
import { type AccessRule, KIND_NAMES } from '../probes/access.ts';
import { ANYBODY, BY_RECORD } from '../probes/access-table.ts';
import type { Probe } from '../probes/probe.ts';
import { UNMET_ERRORS } from '../probes/unmet-errors.ts';
import type { Refusal } from '../sequence/refusal.ts';
import { documentTable } from './document-table.ts';

export interface Tried {
  /** Probes by bundle. */
  readonly probes: ReadonlyMap<string, readonly Pick<Probe, 'name' | 'must'>[]>;
  readonly refusals: readonly Pick<Refusal<never>, 'error' | 'bundle'>[];
  readonly rules: readonly AccessRule[];
}

export const ERROR_NAMES: readonly string[] = ERROR_FRAGMENTS.map(
  (fragment) => /^error (\w+)/.exec(fragment)?.[1] ?? '',
);

const SHOWN = 2;

/** What meets an error, for people; empty where nothing does. */
export function metBy(error: string, { probes, refusals, rules }: Tried): readonly string[] {
  const byRefusal = refusals
    .filter((refusal) => refusal.error === error)
    .map(({ bundle }) => `refusal \`${bundle.name}\``);
  const byProbe = [...probes].flatMap(([bundle, all]) =>
    all
      .filter(({ must }) => must.kind === 'refused' && must.error === error)
      .map(({ name }) => `\`${bundle}\`: ${name}`),
  );
  const functions = rules.filter(({ rule }) => rule === error).length;
  const byAccess =
    functions === 0 ? [] : [`\`probe-access\`: a stranger, ${functions} ${functions === 1 ? 'function' : 'functions'}`];
  return [...byRefusal, ...byAccess, ...byProbe];
}

/** Why nothing meets an error; undefined for one that is not listed. */
export const whyUnmet = (error: string): string | undefined =>
  Object.entries(UNMET_ERRORS).find(([, names]) => names.trim().split(/\s+/).includes(error))?.[0];

export function refusalsDocument(tried: Tried): string {
  const errors = ERROR_NAMES.toSorted().map((error) => {
    const met = metBy(error, tried);
    const more = met.length > SHOWN ? `; ${met.length - SHOWN} more` : '';
    return [
      `\`${error}\``,
      met.length === 0 ? `– ${whyUnmet(error) ?? ''}` : `${met.slice(0, SHOWN).join('; ')}${more}`,
    ];
  });
  const functions = tried.rules.map(({ kind, fragment, rule }) => [
    `\`${KIND_NAMES[kind]}.${fragment.name}\``,
    String(fragment.inputs.length),
    refusedText(rule, fragment.name, tried),
  ]);
  return `# What is refused

Written by \`npm run refusals-docs\`, held by a test. Probes are simulated, each beside the same act with nothing wrong; refusals are sent.

## Custom errors

Every custom error of v1.3 with what meets it at its edge, or why nothing does.

${documentTable(['error', 'met by'], errors)}

## Functions

Every function of every contract that changes something (v1.2 and v1.3), with the error that a stranger gets. Where the caller is checked after a proof or against a
record, the probe that has the stranger is named.

${documentTable(['function', 'arguments', 'a stranger is refused with'], functions)}
`;
}

function refusedText(rule: string, name: string, { probes }: Tried): string {
  if (rule === ANYBODY) return '– anybody may call it, with what is theirs';
  if (rule !== BY_RECORD) return `\`${rule}\``;
  const found = [...probes.values()]
    .flat()
    .find((probe) => probe.name.includes(name) && / by (a stranger|another|others one second)/.test(probe.name));
  if (found?.must.kind !== 'refused') return '– anybody may call it; whoever it is for is in the proof';
  return `\`${found.must.error}\`: ${found.name}`;
}
