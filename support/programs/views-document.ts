/** docs/views.md: each view of the protocol with what judges it, or why nothing does. Text only. */
import type { Probe } from '../probes/probe.ts';
import { UNJUDGED_VIEWS } from '../probes/unjudged-views.ts';
import { VIEWS } from '../probes/view-interfaces.ts';
import { documentTable } from './document-table.ts';

type Probes = ReadonlyMap<string, readonly Pick<Probe, 'name' | 'must'>[]>;

/** `AssetManager.lotSize`. */
export const VIEW_NAMES: readonly string[] = [...VIEWS].flatMap(([owner, contract]) => {
  const names: string[] = [];
  contract.forEachFunction((fragment) => {
    if (fragment.constant) names.push(`${owner}.${fragment.name}`);
  });
  return names;
});

interface Judged {
  readonly bundle: string;
  readonly probe: string;
}

/** The probes that ask for exactly what the view must answer. */
export function judgedBy(view: string, probes: Probes): readonly Judged[] {
  return [...probes].flatMap(([bundle, all]) =>
    all.flatMap(({ name, must }) => {
      if (must.kind !== 'gives' || must.view === undefined) return [];
      const { contract, name: asked } = must.view;
      const isIt = [...VIEWS].some(([owner, views]) => views === contract && `${owner}.${asked}` === view);
      return isIt ? [{ bundle, probe: name }] : [];
    }),
  );
}

/** Why no probe judges a view; undefined for one that is not listed. */
export const whyUnjudged = (view: string): string | undefined =>
  Object.entries(UNJUDGED_VIEWS).find(([, views]) => views.trim().split(/\s+/).includes(view))?.[0];

export function viewsDocument(probes: Probes): string {
  const rows = VIEW_NAMES.toSorted().map((view) => {
    const judged = judgedBy(view, probes);
    const [first] = judged;
    const bundles = [...new Set(judged.map(({ bundle }) => `\`${bundle}\``))].join(', ');
    return [
      `\`${view}\``,
      String(judged.length),
      first === undefined ? `– ${whyUnjudged(view) ?? ''}` : `${bundles}: ${first.probe}`,
    ];
  });
  return `# What the protocol tells

Written by \`npm run views-docs\`, held by a test. Every view of the asset manager, the FAsset, agents' vaults, pools and pool tokens, with the number of probes that
know what it must answer and the first of them, or with the reason why there is none. What they must answer is computed from the state before simulated acts, from the
acts and from the protocol's formulas; where several getters tell the same, the one that differs from most is named.

${documentTable(['view', 'probes', 'judged by'], rows)}
`;
}
