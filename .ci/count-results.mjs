/**
 * Counts the test cases of JUnit files and prints one line: `N passed, N failed`. Exits 0 only when nothing failed.
 *
 *     node .ci/count-results.mjs <exit code of the test command> <junit.xml>...
 *
 * What fails outside of a test case (install, types, lint, format, funding, collection, a run that left no results) counts
 * as one failure, so that the line never says 0 failed of a red run.
 */
import { existsSync, readFileSync } from 'node:fs';

const [exitCode, ...files] = process.argv.slice(2);
const results = files.map(countCases);
const sum = (name) => results.reduce((total, result) => total + result[name], 0);
const complete = exitCode === '0' && results.every(({ passed }) => passed > 0);
const failed = sum('failed') || (complete ? 0 : 1);
process.stdout.write(`${sum('passed')} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** A skipped case counts as neither. */
function countCases(file) {
  const cases = existsSync(file)
    ? (readFileSync(file, 'utf8').match(/<testcase [^>]*\/>|<testcase .*?<\/testcase>/gs) ?? [])
    : [];
  const failures = cases.filter((text) => /<(failure|error)\b/.test(text)).length;
  const skipped = cases.filter((text) => text.includes('<skipped')).length;
  return { passed: cases.length - failures - skipped, failed: failures };
}
