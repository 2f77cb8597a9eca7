/**
 * Longer than anything but a hang takes, however slow or busy the machine is. It is the only time limit of what tests and
 * the devnet await on this machine, so nothing that passes on a fast machine fails on a slow one.
 */
export const HANG_MS = 15 * 60_000;
