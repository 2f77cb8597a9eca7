/**
 * JSON from strangers: read only so deep that whatever is done with it, printing it back included, cannot overflow the stack.
 */
import { Refused } from './refused.ts';

/** As the XRP Ledger's server has it (nest_limit of its JSON reader); nobody's real request comes near. */
const NESTING_LIMIT = 25;

/** Throws Refused (400) for what is no JSON or is nested too deep. */
export function parseJson(text: string): unknown {
  if (isDeeper(text, NESTING_LIMIT))
    throw new Refused(400, `the JSON is nested more than ${NESTING_LIMIT} levels deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'the text is not JSON');
  }
}

/** Like parseJson, for callers to whom no JSON and a wrong shape are the same: undefined instead of an error. */
export function parseJsonOrNothing(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** Where the string that begins here has its closing quote, or the end of a text without one. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
