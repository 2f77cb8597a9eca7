/**
 * For failures with nobody to hand them to: they end the process unless it says otherwise.
 */
export function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
