/** Statements as text: one account a block, one movement a line, amounts in full. */
import type { FundingStatement } from '../model/funding-statement.ts';
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

/** One line for each account, columns in smallest units, and whether it all adds up. */
export function fundingText(statement: FundingStatement): string {
  const rows = [
    ['account', 'before', 'funded', 'own acts', "others' acts", 'fees', 'returned', 'left', 'unexplained'],
    ...statement.lines.map((line) => [
      line.account,
      ...[
        line.before,
        line.funded,
        line.own,
        line.background,
        line.fees,
        line.returned,
        line.left,
        line.difference,
      ].map(String),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const verdict = statement.closes
    ? 'before + funded + own acts + others’ acts − fees = returned + left: closes to the last unit'
    : 'the statement does NOT close: see the column "unexplained"';
  return [...table, verdict].join('\n');
}
