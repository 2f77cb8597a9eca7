/** The table as a list: every row there is, and values where their rows stand in it. */
import type { Setting } from './setting.ts';
import { type ValuesOf, secretRows, settingRows } from './settings.ts';

export interface Group {
  readonly [field: string]: Setting | Group;
}

const isRow = (entry: Setting | Group): entry is Setting => typeof entry.name === 'string';

/** The rows of a group and of the groups in it, in the table's order. */
export const listRows = (group: Group): readonly Setting[] =>
  Object.values(group).flatMap((entry) => (isRow(entry) ? [entry] : listRows(entry)));

export const allRows: readonly Setting[] = [...listRows(settingRows), ...listRows(secretRows)];
export const SETTING_NAMES: readonly string[] = allRows.map(({ name }) => name);

/** In place of each row what `valueOf` gives for it. */
export function mapRows<Rows extends Group>(rows: Rows, valueOf: (row: Setting) => unknown): ValuesOf<Rows> {
  const values = Object.entries(rows).map(([field, entry]) => [
    field,
    isRow(entry) ? valueOf(entry) : mapRows(entry, valueOf),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is that of the rows, each value is its row's own
  return Object.fromEntries(values) as ValuesOf<Rows>;
}

/** Each row with the value that stands in its place. */
export function pairRows(rows: Group, values: object): readonly (readonly [Setting, unknown])[] {
  const byField = new Map<string, unknown>(Object.entries(values));
  return Object.entries(rows).flatMap(([field, entry]) => {
    const value = byField.get(field);
    if (isRow(entry)) return [[entry, value] as const];
    return pairRows(entry, typeof value === 'object' && value !== null ? value : {});
  });
}
