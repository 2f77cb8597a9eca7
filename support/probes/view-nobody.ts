/** Whoever never had anything has nothing: no getter adds a constant that every difference would hide. */
import { EXECUTOR, NEVER_SEEN } from './people.ts';
import type { Probe } from './probe.ts';
import type { ViewFacts } from './view-facts.ts';
import { fAssetViews, poolTokenViews, poolViews } from './view-interfaces.ts';
import { answers } from './view-probes.ts';

/** So many pools are asked. */
const MOST_POOLS = 5;

/** Views of a pool that tell something of an account. */
export const POOL_ACCOUNT_VIEWS = [
  'fAssetFeesOf',
  'fAssetFeeDebtOf',
  'virtualFAssetOf',
  'debtFreeTokensOf',
  'debtLockedTokensOf',
] as const;
/** The same of its tokens. */
export const TOKEN_ACCOUNT_VIEWS = [
  'balanceOf',
  'debtFreeBalanceOf',
  'debtLockedBalanceOf',
  'timelockedBalanceOf',
  'nonTimelockedBalanceOf',
  'transferableBalanceOf',
  'lockedBalanceOf',
] as const;

export function nobodysViews({ facts, agents }: ViewFacts): Probe[] {
  const { fAsset } = facts.contracts;
  const pools = agents.slice(0, MOST_POOLS).flatMap(({ pool, poolToken, name }) => {
    const about = `of nobody, ${name}`;
    const [owner, args] = [[NEVER_SEEN], [NEVER_SEEN, EXECUTOR]];
    return [
      ...POOL_ACCOUNT_VIEWS.map((view) => answers({ to: pool, contract: poolViews, view, args: owner, about }, [0n])),
      ...TOKEN_ACCOUNT_VIEWS.map((view) =>
        answers({ to: poolToken, contract: poolTokenViews, view, args: owner, about }, [0n]),
      ),
      answers({ to: poolToken, contract: poolTokenViews, view: 'allowance', args, about }, [0n]),
      answers(
        {
          to: pool,
          contract: poolViews,
          view: 'fAssetRequiredForSelfCloseExit',
          args: [0n],
          about: `for nothing, ${name}`,
        },
        [0n],
      ),
    ];
  });
  const about = 'of nobody';
  return [
    ...pools,
    answers({ to: fAsset, contract: fAssetViews, view: 'balanceOf', args: [NEVER_SEEN], about }, [0n]),
    answers({ to: fAsset, contract: fAssetViews, view: 'allowance', args: [NEVER_SEEN, EXECUTOR], about }, [0n]),
  ];
}
