/** The documents that follow from the table: the table of settings in README.md, and .env.example. Text only. */
import { allRows } from './rows.ts';
import type { Setting } from './setting.ts';

/** The value that a setting has when it is not set, in words. */
function usually({ usual, usualText, print = String }: Setting): string {
  if (usualText !== undefined) return usualText;
  return usual === undefined ? 'none' : print(usual);
}

const HEAD: readonly string[] = ['setting', 'means', 'default'];

/** The table as Markdown, its columns as wide as the formatter makes them. */
export function settingsTable(rows: readonly Setting[] = allRows): string {
  const cells = [HEAD, ...rows.map((row) => [`\`${row.name}\``, row.says, usually(row)])];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lineOf = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = '', ...body] = cells.map(lineOf);
  return [head, lineOf(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

/** README.md with the table in place of the one it has. Throws when it has none. */
export function readmeWith(readme: string, table: string): string {
  const place = /^\| setting .*(\n\|.*)*/m;
  if (!place.test(readme)) throw new Error('README.md has no table of settings: a line that begins with "| setting "');
  return readme.replace(place, () => table);
}

const ENV_HEAD = `# Settings of a run. Copy to .env and take away the # of what you want to change; an empty file is enough for the devnet.
# What the environment sets goes before what this file sets.
# Written by \`npm run settings-docs\` from support/settings/settings.ts.
`;

/** .env.example: each setting with what it means, its default and an example. */
export function envExample(rows: readonly Setting[] = allRows): string {
  const paragraphs = rows.map((row) => {
    const says = `${sentence(row.says)}. Default: ${usually(row)}`.replaceAll('`', '');
    return `# ${says}\n#${row.name}=${row.example}\n`;
  });
  return [ENV_HEAD, ...paragraphs].join('\n');
}

/** With a capital, unless it begins with code. */
const sentence = (says: string): string => says.charAt(0).toUpperCase() + says.slice(1);
