/**
 * Which ledger does a request mean? By number, hash or shortcut; the open ledger if it does not say.
 */
import type { ClosedLedger } from '../chain.ts';
import type { Ledger } from '../ledger.ts';
import type { State } from '../state.ts';
import { invalidField, rpcError } from './rpc-error.ts';
import type { Params, Result } from './types.ts';

export interface SelectedLedger {
  readonly index: number;
  readonly state: State;
  /** Undefined for the open ledger. */
  readonly closed: ClosedLedger | undefined;
  /** The fields by which a reply names the ledger it speaks of. */
  readonly naming: Result;
}

/**
 * Reads `ledger_hash` and `ledger_index` (number, decimal string, "validated", "closed", "current").
 * @throws {RpcError} lgrNotFound, or invalidParams for anything else
 */
export function selectLedger(ledger: Ledger, params: Params): SelectedLedger {
  if (params.ledger_hash !== undefined) return byHash(ledger, params.ledger_hash);
  const wanted = params.ledger_index ?? 'current';
  if (wanted === 'current') return openLedger(ledger);
  if (wanted === 'validated' || wanted === 'closed') return byIndex(ledger, ledger.history.lastIndex());
  const isNumber = typeof wanted === 'number' || (typeof wanted === 'string' && /^\d+$/.test(wanted));
  if (!isNumber) throw invalidField('ledger_index');
  return byIndex(ledger, Number(wanted));
}

function byHash(ledger: Ledger, hash: unknown): SelectedLedger {
  if (typeof hash !== 'string' || !/^[0-9a-fA-F]{64}$/.test(hash)) throw invalidField('ledger_hash');
  const found = ledger.history.ledgerByHash(hash);
  if (found === undefined) throw rpcError('lgrNotFound');
  return byIndex(ledger, found.index);
}

function byIndex(ledger: Ledger, index: number): SelectedLedger {
  if (index === ledger.openIndex()) return openLedger(ledger);
  const closed = ledger.closedLedger(index);
  if (closed === undefined) throw rpcError('lgrNotFound');
  const naming = { ledger_hash: closed.ledger.hash, ledger_index: index, validated: true };
  return { index, state: closed.state, closed, naming };
}

function openLedger(ledger: Ledger): SelectedLedger {
  const index = ledger.openIndex();
  return {
    index,
    state: ledger.openState(),
    closed: undefined,
    naming: { ledger_current_index: index, validated: false },
  };
}
