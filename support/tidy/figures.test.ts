import { expect, test } from 'vitest';
import { figuresOf } from './figures.ts';

const file = (path: string, ...lines: string[]) => ({ path, text: `${lines.join('\n')}\n` });

test('each figure counts what it says, tests left out', () => {
  const figures = figuresOf([
    file('bundles/mint-random-agent.ts', "import { a } from '../support/model/a.ts';"),
    file('support/model/a.ts', "import { b } from './b.ts';"),
    file('support/model/b.ts', "import type { A } from './a.ts';", "if (status === 'ACTIVE') wait();"),
    file('support/model/records.ts', "status === 'ACTIVE'"),
    file('fixtures/suite.ts', "import { bundles } from '../bundles/index.ts';", 'export {};'),
    file('fixtures/suite.test.ts', "import { bundles } from '../bundles/index.ts';"),
  ]);
  expect(figures.map(({ name, count, where }) => [name, count, where])).toEqual([
    ['lines that no layer rule protects', 2, ['fixtures/suite.ts']],
    ['imports of single bundles outside bundles/ and scenarios/', 1, ['fixtures/suite.ts:1']],
    ['circles of files', 1, ['support/model/a.ts - support/model/b.ts']],
    ['lines that know what a status means, outside model/records.ts', 1, ['support/model/b.ts:2']],
    ['files that mint-random-agent reaches by imports', 2, ['support/model/a.ts', 'support/model/b.ts']],
  ]);
});
