/** Requests and answers as they would be for a ledger server that is some ledgers behind. */

export interface LedgerRequest {
  readonly id?: unknown;
  readonly command?: unknown;
  readonly ledger_index?: unknown;
  readonly ledger_index_max?: unknown;
}

export type Late = { readonly request: LedgerRequest } | { readonly answer: string };

export class LaggingLedger {
  /** Newest validated ledger in any answer so far. */
  #newest = 0;

  /** Notes how far the server is. */
  saw(answer: object): void {
    const { result } = answer as { result?: { validated?: unknown; ledger_index?: unknown } };
    if (result?.validated === true) this.#newest = Math.max(this.#newest, Number(result.ledger_index ?? 0));
  }

  /** Undefined when the request asks nothing that depends on how far the server is. */
  late(request: LedgerRequest, ledgers: number): Late | undefined {
    if (this.#newest <= ledgers) return undefined;
    const newest = this.#newest - ledgers;
    const { command, ledger_index: index, ledger_index_max: to } = request;
    if (command === 'tx') return { answer: refusal(request, 'txnNotFound', { searched_all: false }) };
    if (command === 'account_tx' && Number(to) > newest) return { answer: refusal(request, 'lgrIdxMalformed') };
    if (index === 'validated' || index === 'current') return { request: { ...request, ledger_index: newest } };
    return typeof index === 'number' && index > newest ? { answer: refusal(request, 'lgrNotFound') } : undefined;
  }
}

/** The error of a server, in the form of version 2 of its API. */
export const refusal = ({ id }: LedgerRequest, error: string, fields: object = {}): string =>
  JSON.stringify({ id, type: 'response', status: 'error', error, error_message: error, ...fields });
