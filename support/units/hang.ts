/**
 * How long only a hang lasts, however slow or busy the machine is. Whatever is awaited on this machine itself, by tests and by
 * the devnet, has this limit and no other: nothing that goes well on a fast machine may fail on a slow one.
 */
export const HANG_MS = 15 * 60_000;
