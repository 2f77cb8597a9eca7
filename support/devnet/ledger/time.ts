/**
 * The ledger's notion of time: seconds since 2000, and the texts a server prints for them.
 */

/** Unix time of the Ripple epoch, 2000-01-01T00:00:00Z. */
export const rippleEpochS = 946_684_800;

export const toRippleTime = (unixS: number): number => unixS - rippleEpochS;

/** "2026-11-22T11:34:42Z": no fraction. */
export const isoTime = (unixS: number): string => new Date(unixS * 1000).toISOString().replace('.000Z', 'Z');

/** Asking for a locale's name takes longer than closing a ledger. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2026-Nov-22 11:34:42.000000000 UTC", with as many digits of a second as asked for. */
export function humanTime(unixS: number, fractionDigits: number): string {
  const date = new Date(unixS * 1000);
  const month = MONTHS[date.getUTCMonth()];
  const [year, , rest = ''] = date.toISOString().split('-');
  const [day, clock = ''] = rest.split('T');
  return `${year}-${month}-${day} ${clock.slice(0, 8)}.${'0'.repeat(fractionDigits)} UTC`;
}

/**
 * Close time of a ledger in Unix seconds: now, rounded to the nearest multiple of the resolution in Ripple time
 * (halves up), but always later than the parent's.
 */
export function closeTimeS(nowS: number, resolutionS: number, parentCloseTimeS: number): number {
  const rounded = Math.floor(toRippleTime(nowS) / resolutionS + 0.5) * resolutionS + rippleEpochS;
  return Math.max(rounded, parentCloseTimeS + 1);
}
