/**
 * `npm run kill-campaign`: proves that no money is lost and nothing paid twice when runs are killed. Runs of the suite are
 * started on a realtime devnet and killed with -9 at drawn moments; the next run or `npm run collect` sweeps the money;
 * then every transaction on both chains must explain what everybody holds.
 *
 * Exit 0 only when nothing is missing, nothing was paid twice, and no program failed.
 */
import { rmSync } from 'node:fs';
import { SettingsError } from '../../settings/settings.ts';
import { HELP, type Program, readOptions, say } from '../program.ts';
import { findNetwork } from '../../settings/networks.ts';
import { tableText } from '../../report/table.ts';
import { wholeNumber } from '../whole-number.ts';
import { reachWorld } from '../../network/world.ts';
import { PHASES } from './acts.ts';
import { type KillRecord, type LaneResult, killInLane } from './lane.ts';
import type { Rivalry } from './verdict.ts';
import { type Workspace, makeWorkspace } from './workspace.ts';
import { cleaningUp } from '../../units/troubles.ts';

const MOST = 999_999;
const USUAL_BUNDLES = 'mint-random-agent,redeem';
const USAGE = `usage: npm run kill-campaign -- --record FILE [options]
  --record FILE   network record of a realtime devnet: npm run devnet -- --clock realtime --agents 10 --json FILE
  --runs N        runs to kill (default: 100)
  --lanes N       lanes side by side, each with its own funder and users (default: 2)
  --seed N        seed of the moments of the kills (default: 1)
  --fee-bumps N   percent of the chain's transactions that wait for a higher fee (default: 25)
  --bundles LIST  what users do, separated by commas (default: ${USUAL_BUNDLES})`;

export const run: Program = async (suite, words) => {
  const text = { type: 'string' } as const;
  const options = readOptions(words, USAGE, {
    ...HELP,
    record: text,
    runs: text,
    lanes: text,
    seed: text,
    bundles: text,
    'fee-bumps': text,
  });
  if (options.help === true) {
    say(USAGE);
    return 0;
  }
  const network = findNetwork(options.record ?? '');
  if (network.kind !== 'record' || network.record.wellKnownKeys !== true || network.record.capabilities.canWarpTime)
    throw new SettingsError(`--record must be the record of a realtime devnet\n${USAGE}`);
  const runs = wholeNumber('--runs', options.runs, 1, MOST) ?? 100;
  const lanes = wholeNumber('--lanes', options.lanes, 1, MOST) ?? 2;
  const seed = wholeNumber('--seed', options.seed, 1, MOST) ?? 1;
  const feeBumpPercent = wholeNumber('--fee-bumps', options['fee-bumps'], 0, 100) ?? 25;
  const { bundles = USUAL_BUNDLES } = options;
  const world = await reachWorld(network.record);
  const workspaces: Workspace[] = [];
  const campaign = async (): Promise<number> => {
    for (let lane = 1; lane <= lanes; lane += 1)
      workspaces.push(await makeWorkspace(world, { name: `kills-${lane}`, bundles, feeBumpPercent, seed }));
    const results = await Promise.all(
      workspaces.map((workspace, lane) => {
        const share = Math.floor(runs / lanes) + (lane < runs % lanes ? 1 : 0);
        return killInLane(world, workspace, {
          programs: suite.programs,
          runs: share,
          seed,
          name: `lane ${lane + 1}`,
          tell: say,
        });
      }),
    );
    return summarise(
      results,
      workspaces.map(({ folder }) => folder),
      feeBumpPercent > 0,
    );
  };
  const closeAll = () => cleaningUp(async () => {}, ...workspaces.map((workspace) => () => workspace.close()));
  return cleaningUp(campaign, closeAll, () => world.close());
};

function summarise(results: readonly LaneResult[], folders: readonly string[], mustRaise: boolean): number {
  const kills = results.flatMap((result) => result.kills);
  say(`\n${phaseTable(kills)}`);
  const count = (of: 'chain' | 'ledger' | 'reservations' | 'requests') =>
    results.reduce((sum, { evidence }) => sum + evidence[of].length, 0);
  say(
    `audited: ${count('chain')} transactions on the chain, ${count('ledger')} on the ledger, ` +
      `${count('reservations')} reservations, ${count('requests')} redemptions`,
  );
  const rivals = (of: keyof Rivalry) => results.reduce((sum, { verdict }) => sum + verdict.rivalry[of], 0);
  const [raised, oldest, newer] = [rivals('nonces'), rivals('oldestWon'), rivals('newerWon')];
  say(`fee bumps: ${raised} nonces with rivals; the first offered got in for ${oldest}, a dearer one for ${newer}`);
  const problems = results.flatMap(({ verdict, failures }) => [...verdict.lines, ...failures]);
  if (mustRaise && raised === 0) problems.push('no fee was raised: nothing is proven of rivals');
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const drops = results.reduce((sum, { verdict }) => sum + verdict.missingDrops, 0n);
  const wei = results.reduce((sum, { verdict }) => sum + verdict.missingWei, 0n);
  const doubles = results.reduce((sum, { verdict }) => sum + verdict.doublePayments, 0);
  say(`${kills.length} runs killed, ${drops} drops and ${wei} wei missing, ${doubles} double payments`);
  if (problems.length > 0) say(`what happened is in ${folders.join(', ')}`);
  else for (const folder of folders) rmSync(folder, { recursive: true });
  return problems.length === 0 ? 0 : 1;
}

function phaseTable(kills: readonly KillRecord[]): string {
  const row = (name: string, of: readonly KillRecord[]): string[] => {
    const sum = (amountOf: (kill: KillRecord) => number) => String(of.reduce((all, kill) => all + amountOf(kill), 0));
    return [
      name,
      String(of.length),
      sum(({ inDoubt }) => inDoubt),
      sum(({ mintings }) => mintings),
      sum(({ redemptions }) => redemptions),
      sum(({ leftovers }) => leftovers),
      sum(({ differences }) => differences),
    ];
  };
  const phases = PHASES.map((phase) =>
    row(
      phase,
      kills.filter((kill) => kill.phase === phase),
    ),
  );
  const head = ['killed in', 'kills', 'in doubt', 'mintings', 'redemptions', 'leftovers', 'differences'];
  return tableText([head, ...phases.filter(([, count]) => count !== '0'), row('all', kills)]);
}
