/** Misspelt settings are reported; other programs' names are not. */
import { describe, expect, test } from 'vitest';
import { looksLikeOurs, nearestName, noSuchName } from './near-names.ts';
import { SETTING_NAMES } from './rows.ts';

test.each([
  ['SEEDS', 'SEED'],
  ['seed', 'SEED'],
  ['USRES', 'USERS'],
  ['Users', 'USERS'],
  ['BUNDLE', 'BUNDLES'],
  ['BUNDELS', 'BUNDLES'],
  ['STEP', 'STEPS'],
  ['RUN', 'RUNS'],
  ['RUNTIME', 'RUN_TIME'],
  ['RPC_URL', 'RPC_URLS'],
  ['ASSETMANAGER', 'ASSET_MANAGER'],
  ['FASSET_ARTEFACTS', 'FASSETS_ARTIFACTS'],
  ['VERIFIER_APIKEY', 'VERIFIER_API_KEY'],
  ['FUNDER_EVM_KEYS', 'FUNDER_EVM_KEY'],
  ['FEE_TOLERANCE_XRP', 'FEE_TOLERANCE_XRP_DROPS'],
])('%s was meant as %s', (name, meant) => {
  expect(looksLikeOurs(name)).toBe(true);
  expect(nearestName(name)).toBe(meant);
});

describe('what others set', () => {
  const ORDINARY =
    'USER USERNAME LOGNAME USERPROFILE HOME PATH PWD OLDPWD SHELL SHLVL TERM LANG LC_ALL DISPLAY EDITOR VISUAL PAGER MAIL TZ ' +
    'TMPDIR HOSTNAME NODE_ENV NODE_OPTIONS NO_COLOR FORCE_COLOR HTTP_PROXY https_proxy no_proxy npm_config_cache INIT_CWD CI ' +
    'AGENT AGENT_NAME AGENT_WORKDIR RUNNER_OS RUNNER_TEMP RUN_ID RUN_DISPLAY_URL GITHUB_ACTIONS GITHUB_RUN_ID GITHUB_ACTOR ' +
    'CI_REGISTRY CI_REGISTRY_USER DOCKER_REGISTRY BUNDLE_PATH BUNDLE_GEMFILE BUNDLE_WITHOUT VITEST VITEST_POOL_ID TEST MODE ' +
    'PROD DEV SSR BASE_URL ETH_RPC_URL PRIVATE_KEY API_KEY SSH_AUTH_SOCK XDG_RUNTIME_DIR WSL_DISTRO_NAME';
  test.each(ORDINARY.split(' '))('%s', (name) => expect(looksLikeOurs(name)).toBe(false));
});

test('no setting is near to another one so that either could be meant', () => {
  expect(SETTING_NAMES.filter(looksLikeOurs)).toEqual([]);
  expect(SETTING_NAMES.filter((name) => nearestName(name) !== name)).toEqual([]);
});

test.each([
  [
    'mint-lowest',
    'BUNDLES names "mint-lowest"; did you mean mint-lowest-fee-agent? There is only: mint-lowest-fee-agent, redeem',
  ],
  ['reedem', 'BUNDLES names "reedem"; did you mean redeem? There is only: mint-lowest-fee-agent, redeem'],
  ['burn', 'BUNDLES names "burn", but there is only: mint-lowest-fee-agent, redeem'],
  ['', 'BUNDLES names "", but there is only: mint-lowest-fee-agent, redeem'],
])('of a list: %j', (given, said) =>
  expect(noSuchName('BUNDLES', given, ['mint-lowest-fee-agent', 'redeem'])).toBe(said),
);
