/** Statements as text: one account a block, one movement a line, amounts in full. */
import type { FundingLine, FundingStatement } from '../model/funding-statement.ts';
import type { Mismatch, Statement, StatementLine } from '../model/statement.ts';
import { accountAmountText } from '../units/format.ts';

/**
 * The accounts that differ, with all their movements, and the other figures that differ. Empty when the only one is in the
 * failure's sentence already.
 */
export function mismatchText(statement: Statement): string {
  const accounts = new Set(statement.lines.map(({ account }) => account));
  const subjects = new Set(statement.mismatches.map(({ subject }) => subject));
  const lines = statement.lines.filter(({ account }) => subjects.has(account));
  const others = statement.mismatches.filter(({ subject }) => !accounts.has(subject));
  if (lines.length === 0 && others.length === 1) return '';
  return [...lines.map(lineText), ...others.map(figureText)].join('\n');
}

function lineText(line: StatementLine): string {
  const amount = (value: bigint) => `${accountAmountText(line.account, value)} (${value})`;
  return [
    line.account,
    `  opening    ${amount(line.opening)}`,
    ...line.movements.map(
      ({ amount: moved, cause, text, source }) =>
        `  ${cause.padEnd(10)} ${amount(moved)}  ${text}${source === undefined ? '' : ` [${source}]`}`,
    ),
    `  expected   ${amount(line.expected)}`,
    `  actual     ${amount(line.actual)}`,
    `  difference ${amount(line.actual - line.expected)}`,
  ].join('\n');
}

const figureText = ({ subject, expected, actual, sentence }: Mismatch): string =>
  sentence ?? `${subject}\n  expected   ${expected}\n  actual     ${actual}`;

/** Columns of a terminal that a table keeps to. */
const MOST_COLUMNS = 100;
const AMOUNTS = [
  ['before', ({ before }) => before],
  ['funded', ({ funded }) => funded],
  ['own acts', ({ own }) => own],
  ["others' acts", ({ background }) => background],
  ['fees', ({ fees }) => fees],
  ['returned', ({ returned }) => returned],
  ['left', ({ left }) => left],
  ['unexplained', ({ difference }) => difference],
] as const satisfies readonly (readonly [string, (line: FundingLine) => bigint])[];

/** A column for each account, in smallest units, as many side by side as fit; and whether it all adds up. */
export function fundingText({ lines, closes }: FundingStatement): string {
  const labels = ['account', ...AMOUNTS.map(([label]) => label)];
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const columns = lines.map((line) => {
    const cells = [shortAddresses(line.account), ...AMOUNTS.map(([, amountOf]) => String(amountOf(line)))];
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.map((cell) => `  ${cell.padStart(width)}`);
  });
  const tables: string[][] = [];
  for (const column of columns) {
    const last = tables.at(-1);
    const width = (last?.[0]?.length ?? MOST_COLUMNS) + (column[0]?.length ?? 0);
    const before = width > MOST_COLUMNS ? labels.map((label) => label.padEnd(labelWidth)) : (last ?? []);
    const table = before.map((cells, row) => `${cells}${column[row] ?? ''}`);
    tables.splice(width > MOST_COLUMNS ? tables.length : -1, 1, table);
  }
  const verdict = closes
    ? 'before + funded + own acts + others’ acts + fees = returned + left: closes to the last unit'
    : 'the statement does NOT close: see the row "unexplained"';
  return [...tables.map((table) => table.join('\n')), verdict].join('\n\n');
}

/** `0x070e0b6f…7494`: enough to tell one from another; reports have them in full. */
const shortAddresses = (text: string): string => text.replaceAll(/(0x[0-9a-f]{8})[0-9a-f]{28}([0-9a-f]{4})/gi, '$1…$2');
