/** USERS by name: a run with these users and no others, and so does its replay. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';
import { everyone } from '../keys/names.ts';
import { test } from './testing/started-run.ts';

describe('USERS=user-2,user-4', () => {
  const USERS = 'user-2,user-4';

  test('both act and nobody else does but their partners; their failure replays with them', async ({
    start,
    expect,
  }) => {
    const environment = { PLANTED_FAULT: 'mint-one-drop-short' };
    const run = start.suite(['run', 'bundles'], { environment: { ...environment, USERS } });
    const { code } = await run.ended();
    expect(code).toBe(1);
    const reports = path.join(run.folder, 'reports');
    expect(JSON.parse(readFileSync(path.join(reports, 'run.json'), 'utf8'))).toMatchObject({ users: 2, actions: 2 });
    const logs = everyone(['user-2', 'user-4']).map((name) => `${name}.log`);
    expect(readdirSync(path.join(reports, 'logs')).toSorted()).toEqual(logs.toSorted());
    const saved = path.join(reports, 'counterexamples');
    const files = readdirSync(saved).map((file) => path.join(saved, file));
    expect(files.map((file) => JSON.parse(readFileSync(file, 'utf8')).users)).toEqual(files.map(() => [2, 4]));

    const ofLast = files.find((file) => JSON.parse(readFileSync(file, 'utf8')).steps[0].user === 'user-4') ?? '';
    const replay = start.suite(['run'], { environment: { ...environment, REPLAY: ofLast } });
    const ended = await replay.ended();
    expect(ended.output).toMatch(/reproduced: user-4, mint-lowest-fee-agent: /);
    expect(ended.code).toBe(1);
  });
});
