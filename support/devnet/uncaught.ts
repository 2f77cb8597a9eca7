/** For failures that nothing handles: they end the process unless it says otherwise. */
export function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
