/** Steps as a side might have seen them, for tests of what is compared. */
import type { Movement, StatementLine } from '../../../model/statement.ts';
import type { Play } from '../compare.ts';
import type { SeenStep } from '../figures.ts';

export const vaultOf = (side: string): string => `0x${side.repeat(40)}`;

export interface Sample {
  readonly vault?: string;
  readonly id?: number;
  readonly gasWei?: bigint;
  readonly mintedUba?: bigint;
  readonly claimedUba?: bigint;
  readonly status?: string;
}

/** A minting that went right: gas, a fee, FAssets, one record, one claim. */
export function seenMinting(sample: Sample = {}): SeenStep {
  const { vault = vaultOf('a'), id = 17, gasWei = 5n, mintedUba = 10n, claimedUba = mintedUba } = sample;
  const record = `minting ${id}`;
  const native: Movement[] = [
    { account: 'native', amount: -gasWei, cause: 'fee', text: 'gas of executeMinting' },
    { account: 'native', amount: -100n, cause: 'own', text: `reservation fee of ${record}` },
  ];
  const minted: Movement = { account: 'fAsset', amount: mintedUba, cause: 'own', text: `${record} executed` };
  const lines = [line('native', 1000n, native), line('fAsset', 0n, [minted])];
  const records = { [record]: { status: sample.status ?? 'SUCCESSFUL', agentVault: vault } };
  return {
    user: 'user-1',
    market: undefined,
    step: { user: 'user-1', bundle: 'mint', choices: [1], plan: { agentVault: vault, lots: '1' } },
    notEnabled: undefined,
    failure: undefined,
    statement: { user: 'user-1', lines, mismatches: [] },
    expectation: {
      movements: [],
      records,
      claims: [{ what: 'MintingExecuted', expected: String(claimedUba), actual: String(claimedUba) }],
    },
    closing: { point: { block: 9, ledger: 9, timeS: 9, ledgerTimeS: 9 }, balances: {}, pools: {}, records },
    timelocks: {},
    gasWei: { opening: 0n, closing: gasWei },
  };
}

/** A play of these steps with one agent. */
export function playOf(seen: readonly SeenStep[], vault = vaultOf('a')): Play {
  return {
    seen,
    begun: seen.flatMap(({ step }) => (step === undefined ? [] : [step])),
    roles: new Map([[vault, 'agent-1']]),
  };
}

function line(account: string, opening: bigint, movements: readonly Movement[]): StatementLine {
  const closing = movements.reduce((sum, { amount }) => sum + amount, opening);
  return { account, opening, movements, expected: closing, actual: closing };
}
