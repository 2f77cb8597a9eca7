/** The executor that an event names. */
import { ZeroAddress } from 'ethers';
import { expect, test } from 'vitest';
import { namedIn } from './named-executor.ts';

test.each([
  ['nobody', ZeroAddress, 0n, { executorFeeWei: 0n }],
  ['nobody, with a fee all the same', ZeroAddress, 7n, { executorFeeWei: 7n }],
  ['somebody', `0x${'aB'.repeat(20)}`, 7n, { executor: `0x${'ab'.repeat(20)}`, executorFeeWei: 7n }],
])('%s', (_name, executor, executorFeeNatWei, told) => expect(namedIn({ executor, executorFeeNatWei })).toEqual(told));
