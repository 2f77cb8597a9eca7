/** What goes out to a network's services, for whoever counts or records it. */

/** One request: to the chain a batch of calls, to the ledger or the devnet's control a single one. */
export interface Outgoing {
  readonly service: 'chain' | 'ledger' | 'control';
  readonly calls: readonly { readonly method: string; readonly params: unknown }[];
}

export interface Traffic {
  /** Told before the request goes out; what it returns is called when the request is over, however it ended. */
  request(outgoing: Outgoing): () => void;
}

/** Tells `traffic`, if there is any, of a request. */
export async function told<T>(traffic: Traffic | undefined, outgoing: Outgoing, ask: () => Promise<T>): Promise<T> {
  if (traffic === undefined) return ask();
  const over = traffic.request(outgoing);
  try {
    return await ask();
  } finally {
    over();
  }
}
