/** Whole numbers on command lines, the same way for every command. */
import { SettingsError } from '../settings/settings.ts';

/** Undefined when not given. Throws SettingsError that names the option, its value and what would be right. */
export function wholeNumber(name: string, given: string | undefined, low: number, high: number): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= low && value <= high) return value;
  throw new SettingsError(`${name} is ${JSON.stringify(given)}, but must be a whole number from ${low} to ${high}`);
}
