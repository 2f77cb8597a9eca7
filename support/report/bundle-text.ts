/** What each bundle came to in a run, as a table: how often it was done, how often not, and how long it took. */
import type { BundleFigures } from './run-json.ts';

const HEAD = ['bundle', 'executed', 'not enabled', 'refused', 'wrong', 'median ms', '95 % ms'];

/** One line for each bundle that was asked for; a last one names those that never were. `refused`: as they had to be. */
export function bundleTable(bundles: Readonly<Record<string, BundleFigures>>): string {
  const asked = Object.entries(bundles).filter(([, { executed, notEnabled }]) => executed + notEnabled > 0);
  const never = Object.keys(bundles).filter((name) => asked.every(([other]) => other !== name));
  const rows = asked.map(([name, { executed, notEnabled, refused, mismatched, medianMs, percentile95Ms }]) => [
    name,
    ...[executed, notEnabled, refused, mismatched].map(String),
    ...[medianMs, percentile95Ms].map((ms) => (executed === 0 ? '' : String(ms))),
  ]);
  const table = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...(never.length === 0 ? [] : [`never asked for: ${never.join(', ')}`])].join('\n');
}
