/** The result of one check: right, or what is wrong, as a line of a table. */
import { tableText } from '../report/table.ts';

export interface Finding {
  readonly about: string;
  /** What was checked: a URL, an address, a name. */
  readonly target: string;
  readonly isRight: boolean;
  readonly text: string;
}

/** `look` returns what it found, or throws what is wrong. */
export async function examine(about: string, target: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { about, target, isRight: true, text: await look() };
  } catch (error) {
    return { about, target, isRight: false, text: afterTarget(oneLine(error), target) };
  }
}

export function findingsText(findings: readonly Finding[]): string {
  return tableText(
    findings.map(({ about, target, isRight, text }) => [isRight ? 'right' : 'WRONG', about, target, text]),
  );
}

/** Errors of services begin with their address, which the table already shows. */
function afterTarget(line: string, target: string): string {
  const at = line.indexOf(`${target}: `);
  return at < 0 ? line : line.slice(at + target.length + 2);
}

/** A gateway's error page may be long. */
function oneLine(error: unknown): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const line = message.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
