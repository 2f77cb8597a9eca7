/** How bundles, their parameters and their weights, and faults are written in a setting. Whether they exist is not asked here. */
import { faultNames } from '../faults/index.ts';
import { itemsOf, text } from './setting.ts';

/** Bundles by name; undefined for all. */
export interface BundleChoice {
  readonly everybody: readonly string[] | undefined;
  /** Users who use other bundles than the rest, by name. */
  readonly ofUser: Readonly<Record<string, readonly string[]>>;
}

/** `a, b; user-2: c` → everybody's list and those of single users. */
export const bundleLists = text
  .transform((lists): BundleChoice => {
    const everybody: string[][] = [];
    const ofUser: Record<string, string[]> = {};
    for (const part of itemsOf(lists, ';')) {
      const [first = '', second] = itemsOf(part, ':');
      if (second === undefined) everybody.push(itemsOf(first, ','));
      else ofUser[first] = itemsOf(second, ',');
    }
    return { everybody: everybody.length === 0 ? undefined : everybody.flat(), ofUser };
  })
  .refine(({ everybody, ofUser }) =>
    [everybody ?? [], Object.keys(ofUser), ...Object.values(ofUser)].flat().every((name) => name !== ''),
  );

type BundleParams = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `mint-specific-agent.agent=0x…, pool-enter.pool=0x…` → parameters by bundle. */
export const bundleParams = text
  .refine((list) => itemsOf(list, ',').every((item) => /^[\w-]+\.\w+=\S+$/.test(item)))
  .transform((list): BundleParams => {
    const params: Record<string, Record<string, string>> = {};
    for (const item of itemsOf(list, ',')) {
      const [, bundle = '', name = '', value = ''] = /^([\w-]+)\.(\w+)=(\S+)$/.exec(item) ?? [];
      params[bundle] = { ...params[bundle], [name]: value };
    }
    return params;
  });

/** `redeem=3, pool-enter=0` → weights by bundle. */
export const bundleWeights = text
  .refine((list) => itemsOf(list, ',').every((item) => /^[\w-]+=\d{1,4}$/.test(item)))
  .transform((list): Readonly<Record<string, number>> =>
    Object.fromEntries(
      itemsOf(list, ',').map((item) => {
        const [name = '', share] = itemsOf(item, '=');
        return [name, Number(share)];
      }),
    ),
  );

/** `none`, `all`, or `agent-silent, ledger-stalls`. */
export const faultList = text
  .transform((list) => itemsOf(list, ','))
  .refine((names) => names.every((name) => name !== '' && ((name !== 'all' && name !== 'none') || names.length === 1)))
  .transform((names): readonly string[] => {
    if (names[0] === 'all') return faultNames;
    return names[0] === 'none' ? [] : names;
  });
