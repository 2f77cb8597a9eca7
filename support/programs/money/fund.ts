/**
 * `npm run fund`: gets the funder what a run with these settings wants, as far as the faucets give it. Users are funded by
 * the run and give everything back.
 *
 * XRP comes from the faucet's API. For native coin the address and the page are printed, and the balance is awaited until
 * Ctrl-C (not at all with --no-wait).
 */
import type { Who } from '../../readers/informer.ts';
import { decimalText } from '../../units/format.ts';
import { maximum } from '../../units/amounts.ts';
import { askFaucet, awaitMore } from '../../preflight/faucets.ts';
import { type FundingPlan, planText, shortText } from '../../money/plan.ts';
import { planRun, readPurse } from '../../money/prices.ts';
import { preflight, requireRight } from '../../preflight/preflight.ts';
import { addressesOf } from '../../keys/credentials.ts';
import { FUNDER_NAME } from '../../keys/names.ts';
import { keySourceOf } from '../../keys/key-source.ts';
import { type World, reachWorld, realTime } from '../../network/world.ts';
import { HELP, type Program, readOptions, say, surroundings } from '../program.ts';
import { cleaningUp } from '../../units/troubles.ts';

const USAGE = `usage: NETWORK=… npm run fund
  --no-wait   print where native coin is to be had, and do not wait for it`;

/** A faucet that gives the same again and again is asked this often at most; it limits by address and day. */
const MOST_GRANTS = 20;
const GRANT_ARRIVES = { lookS: 2, patienceS: 120 };
/** As long as it takes: a person is at work. */
const PERSON_ARRIVES = { lookS: 5, patienceS: 24 * 3600 };

export const run: Program = async (suite, words) => {
  const options = readOptions(words, USAGE, { ...HELP, 'no-wait': { type: 'boolean' } });
  if (options.help === true) {
    say(USAGE);
    return 0;
  }
  const { record, settings, apiKeys } = surroundings(suite);
  const looked = await preflight(suite, record, settings, apiKeys);
  requireRight(record, { ...looked, findings: looked.findings.filter(({ about }) => about !== 'funder') });
  const world = await reachWorld(record, apiKeys);
  const fundFunder = async (): Promise<number> => {
    const keysOf = keySourceOf(record, settings.usersFolder);
    const who = addressesOf(keysOf(FUNDER_NAME));
    const replan = async () => planRun(suite, world, settings, keysOf, await world.informer.market());
    await getXrp(world, who, replan);
    if (options['no-wait'] !== true) await getNative(world, who, replan);
    const plan = await replan();
    say(planText(plan));
    const { ofWanted, ofLeast } = plan.short;
    if (shortText(ofLeast) !== '') {
      say(`\n${shortText(ofLeast)} missing for the least`);
      tellNativePage(world, who.evmAddress, ofLeast.nativeWei);
      return 1;
    }
    say(shortText(ofWanted) === '' ? '\nthe funder has what is wanted' : `\n${shortText(ofWanted)} missing for all`);
    return 0;
  };
  return cleaningUp(fundFunder, () => world.close());
};

async function getXrp(world: World, who: Who, replan: () => Promise<FundingPlan>): Promise<void> {
  const { faucetUrl } = world.record;
  const wanted = (await replan()).short.ofWanted.drops;
  if (wanted === 0n) return;
  if (faucetUrl === undefined) {
    say(`${world.record.name} has no XRP faucet: send ${decimalText(wanted, 6)} XRP to ${who.ledgerAddress}`);
    return;
  }
  const balance = async () => (await readPurse(world, who)).drops;
  let has = await balance();
  const target = has + wanted;
  for (let grants = 0; has < target && grants < MOST_GRANTS; grants += 1) {
    await askFaucet(faucetUrl, who.ledgerAddress);
    const now = await awaitMore(balance, has, realTime(world.rpc), GRANT_ARRIVES);
    say(`the faucet gave ${decimalText(now - has, 6)} XRP; ${decimalText(maximum(0n, target - now), 6)} to go`);
    has = now;
  }
}

async function getNative(world: World, who: Who, replan: () => Promise<FundingPlan>): Promise<void> {
  const balance = async () => (await readPurse(world, who)).nativeWei;
  for (;;) {
    // Read before asking, or money that arrives at once would be waited for a second time.
    const before = await balance();
    const { ofLeast, ofWanted } = (await replan()).short;
    if (ofLeast.nativeWei === 0n) return;
    tellNativePage(world, who.evmAddress, ofWanted.nativeWei);
    say('waiting for it; Ctrl-C to stop');
    const now = await awaitMore(balance, before, realTime(world.rpc), PERSON_ARRIVES);
    say(`${decimalText(now - before, 18)} native arrived`);
  }
}

function tellNativePage({ record }: World, evmAddress: string, shortWei: bigint): void {
  if (shortWei === 0n) return;
  const page = record.nativeFaucetPage === undefined ? '' : ` ${record.nativeFaucetPage}`;
  say(`native coin is to be had by hand:${page} for ${evmAddress}, ${decimalText(shortWei, 18)} are missing`);
}
