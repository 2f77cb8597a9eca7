/**
 * `npm run doctor`: checks everything a run on this network needs and prints a table. Exit 1 when something is wrong.
 *
 * Reads only.
 */
import { findingsText } from '../../preflight/finding.ts';
import { planText } from '../../money/plan.ts';
import { preflight } from '../../preflight/preflight.ts';
import { HELP, type Program, readOptions, say, surroundings } from '../program.ts';

const USAGE = 'usage: NETWORK=… npm run doctor';

export const run: Program = async (suite, words) => {
  if (readOptions(words, USAGE, HELP).help === true) {
    say(USAGE);
    return 0;
  }
  const { record, settings, apiKeys } = surroundings(suite);
  const { findings, plan } = await preflight(suite, record, settings, apiKeys);
  say(`${record.name}\n${findingsText(findings)}`);
  if (plan !== undefined) say(`\n${planText(plan)}`);
  const wrong = findings.filter(({ isRight }) => !isRight).length;
  say(wrong === 0 ? '\nall is right' : `\n${wrong} of ${findings.length} are wrong`);
  return wrong === 0 ? 0 : 1;
};
