/**
 * The notation of bundles, their parameters and weights, and faults in settings. Whether they exist is checked elsewhere.
 */
import { faultNames } from '../faults/index.ts';
import type { ChosenUsers } from '../keys/names.ts';
import { itemsOf, text } from './setting.ts';

/** Bundles by name; undefined for all. */
export interface BundleChoice {
  readonly everybody: readonly string[] | undefined;
  /** Users who use other bundles than the rest, by name. */
  readonly ofUser: Readonly<Record<string, readonly string[]>>;
}

/** No name is empty or given twice: the second would be ignored silently. */
const areDistinct = (names: readonly string[]): boolean => !names.includes('') && new Set(names).size === names.length;

const MOST_USERS = 100;
/** Users of a further shard have higher numbers. */
const HIGHEST_USER = 10_000;

/** `3`, or `user-1, user-3`, or their numbers alone where there are several: `1, 3`. */
export const userChoice = text
  .refine((list) => /^\d+$/.test(list) || itemsOf(list, ',').every((item) => /^(user-)?[1-9]\d*$/.test(item)))
  .transform((list): ChosenUsers => {
    if (/^\d+$/.test(list)) return Number(list);
    const numbers = itemsOf(list, ',').map((item) => Number(item.replace('user-', '')));
    return numbers.toSorted((a, b) => a - b);
  })
  .refine((users) => {
    if (typeof users === 'number') return users >= 1 && users <= MOST_USERS;
    return (
      users.length <= MOST_USERS && new Set(users).size === users.length && users.every((one) => one <= HIGHEST_USER)
    );
  });

/** `a, b; user-2: c` → everybody's list and those of single users. */
export const bundleLists = text
  .transform((lists) => itemsOf(lists, ';').map((part) => itemsOf(part, ':')))
  .refine((parts) => parts.every(({ length }) => length <= 2))
  .transform((parts) => ({
    everybody: parts.flatMap(([names = '', ofUser]) => (ofUser === undefined ? itemsOf(names, ',') : [])),
    ofUsers: parts.flatMap(([user = '', names]) => (names === undefined ? [] : [[user, itemsOf(names, ',')] as const])),
  }))
  .refine(({ everybody, ofUsers }) =>
    [everybody, ofUsers.map(([user]) => user), ...ofUsers.map(([, names]) => names)].every(areDistinct),
  )
  .transform(({ everybody, ofUsers }): BundleChoice => ({
    everybody: everybody.length === 0 ? undefined : everybody,
    ofUser: Object.fromEntries(ofUsers),
  }));

/** What stands before the equals sign of each item. */
const namesBefore = (list: string): string[] => itemsOf(list, ',').map((item) => item.split('=', 1)[0] ?? '');

type BundleParams = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `mint-specific-agent.agent=0x…, pool-enter.pool=0x…` → parameters by bundle. */
export const bundleParams = text
  .refine((list) => itemsOf(list, ',').every((item) => /^[\w-]+\.\w+=\S+$/.test(item)))
  .refine((list) => areDistinct(namesBefore(list)))
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
  .refine((list) => areDistinct(namesBefore(list)))
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
  .refine(
    (names) => areDistinct(names) && (names.length === 1 || !names.some((name) => name === 'all' || name === 'none')),
  )
  .transform((names): readonly string[] => {
    if (names[0] === 'all') return faultNames;
    return names[0] === 'none' ? [] : names;
  });
