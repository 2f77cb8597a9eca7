/**
 * Redemptions beyond the recorded run: the walk through the queue, executor fees, all outcomes, order of checks.
 */
import { encodeBytes32String, id, keccak256, toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Attestation,
  COIN,
  Lab,
  type PlainRecord,
  addressHash,
  addressValidity,
  blockHeight,
  plainNumber,
  plainText,
} from './testing/lab.ts';
import {
  PAYMENT_BLOCKED,
  PAYMENT_FAILED,
  type PaymentPlan,
  USER_ADDRESS,
  dueUba,
  mint,
  nonPayment,
  redemptionDefault,
  redemptionPayment,
  redemptionPlan,
  xrpPayment,
} from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);
const BURNED = '0x000000000000000000000000000000000000dEaD';

/** That what `request` asks for was not paid, as the XRP attestation type has it. */
function xrpNonPayment(request: PlainRecord, tag: bigint | undefined, proofOwner = NOBODY): Attestation {
  return {
    type: 'XRPPaymentNonexistence',
    requestBody: {
      minimalBlockNumber: request['firstUnderlyingBlock'],
      deadlineBlockNumber: request['lastUnderlyingBlock'],
      deadlineTimestamp: request['lastUnderlyingTimestamp'],
      destinationAddressHash: addressHash(USER_ADDRESS),
      amount: dueUba(request),
      checkFirstMemoData: true,
      firstMemoDataHash: keccak256(plainText(request, 'paymentReference')),
      checkDestinationTag: tag !== undefined,
      destinationTag: tag ?? 0n,
      proofOwner,
    },
    responseBody: {
      minimalBlockTimestamp: 0n,
      firstOverflowBlockNumber: plainNumber(request, 'lastUnderlyingBlock') + 1n,
      firstOverflowBlockTimestamp: plainNumber(request, 'lastUnderlyingTimestamp') + 1n,
    },
  };
}

describe('redemption', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const redeem = async (lots: bigint, executor = NOBODY, valueWei = 0n) =>
    await lab.send(lab.minter, lab.manager, 'redeem', [lots, USER_ADDRESS, executor], valueWei);
  const redeemAmount = async (amountUba: bigint) =>
    await lab.send(lab.minter, lab.manager, 'redeemAmount', [amountUba, USER_ADDRESS, NOBODY]);
  const queue = async () => await lab.readRecord(lab.manager, 'redemptionQueue', [0, 20]);
  const statusOf = async (request: PlainRecord) =>
    (await lab.readRecord(lab.manager, 'redemptionRequestInfo', [request['requestId']]))['status'];
  const requested = async (lots: bigint) => lab.only(await redeem(lots), 'RedemptionRequested');
  const confirm = async (request: PlainRecord, changes: Partial<PaymentPlan> = {}) => {
    const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0), changes));
    return await lab.send(lab.agent(0).owner, lab.manager, 'confirmRedemptionPayment', [proof, request['requestId']]);
  };

  const refusal = async (method: string, parameters: readonly unknown[], valueWei = 0n) =>
    await lab.revertOf(lab.minter, lab.manager, method, parameters, valueWei);
  const withTag = async (tag: bigint) => {
    const sent = await lab.send(lab.minter, lab.manager, 'redeemWithTag', [10_000_000n, USER_ADDRESS, NOBODY, tag]);
    return lab.only(sent, 'RedemptionWithTagRequested');
  };

  describe('queue', () => {
    test('merges consecutive tickets of one agent, keeps order, cuts pages', async () => {
      await mint(lab, lab.agent(0), 1n);
      await mint(lab, lab.agent(0), 2n);
      await mint(lab, lab.agent(1), 1n);
      await mint(lab, lab.agent(0), 1n);
      const [first, second] = [lab.agent(0).vault, lab.agent(1).vault];
      expect(await queue()).toEqual({
        _queue: [
          { redemptionTicketId: '1', agentVault: first, ticketValueUBA: '30000000' },
          { redemptionTicketId: '2', agentVault: second, ticketValueUBA: '10000000' },
          { redemptionTicketId: '3', agentVault: first, ticketValueUBA: '10000000' },
        ],
        _nextRedemptionTicketId: '0',
      });
      expect(await lab.read(lab.manager, 'redemptionQueue', [2, 1])).toMatchObject({
        _queue: [{ redemptionTicketId: '2' }],
        _nextRedemptionTicketId: '3',
      });
      expect(await lab.read(lab.manager, 'agentRedemptionQueue', [first, 0, 5])).toMatchObject({
        _queue: [{ redemptionTicketId: '1' }, { redemptionTicketId: '3' }],
      });
      expect(await lab.read(lab.manager, 'maxRedemptionFromAgent', [first])).toBe('40040000');
    });

    test('gives one request an agent and shares the executor fee in whole gwei', async () => {
      await mint(lab, lab.agent(0), 1n);
      await mint(lab, lab.agent(1), 1n);
      await mint(lab, lab.agent(0), 2n);
      const sent = await redeem(5n, lab.executor.address, 7_000_000_001n);
      const requests = sent.events.filter(({ event }) => event === 'RedemptionRequested');
      expect(requests).toMatchObject([
        { agentVault: lab.agent(0).vault, valueUBA: '30000000', executorFeeNatWei: '3000000000' },
        { agentVault: lab.agent(1).vault, valueUBA: '10000000', executorFeeNatWei: '4000000000' },
      ]);
      expect(requests.map((request) => plainNumber(request, 'requestId') % 2n)).toEqual([0n, 0n]);
      expect(lab.only(sent, 'RedemptionRequestIncomplete')).toMatchObject({ remainingLots: '1' });
      expect(await lab.balanceOf(lab.fAsset, lab.minter.address)).toBe(0n);
    });

    test('takes dust with a ticket and leaves dust that no redemption reaches', async () => {
      await mint(lab, lab.agent(0), 1n);
      await mint(lab, lab.agent(1), 1n);
      const sent = await redeemAmount(10_005_000n);
      expect(lab.only(sent, 'RedemptionRequested')).toMatchObject({ valueUBA: '10005000', feeUBA: '50025' });
      expect(lab.only(sent, 'RedemptionTicketDeleted')).toMatchObject({ redemptionTicketId: '1' });
      expect(lab.only(sent, 'DustChanged')).toMatchObject({ dustUBA: '5000' });
      expect(await queue()).toMatchObject({ _queue: [{ redemptionTicketId: '2', ticketValueUBA: '10000000' }] });
    });
  });

  describe('deadlines', () => {
    test('requests in quick succession to one agent get more and more time', async () => {
      await mint(lab, lab.agent(0), 4n);
      const seconds = [];
      for (let i = 0; i < 3; i++) seconds.push(plainNumber(await requested(1n), 'lastUnderlyingTimestamp'));
      const [first = 0n, second, third] = seconds;
      expect([second, third]).toEqual([first + 30n, first + 60n]);
      await lab.warp(1000);
      expect(plainNumber(await requested(1n), 'lastUnderlyingTimestamp')).toBe(first + 1000n);
    });

    test('count from the last update of the underlying block', async () => {
      await mint(lab, lab.agent(0), 2n);
      await lab.warp(61);
      const request = await requested(1n);
      expect(request).toMatchObject({ firstUnderlyingBlock: '1000003', lastUnderlyingBlock: '1000533' });
      const proof = await lab.prove('updateCurrentBlock', blockHeight(1_000_100n, 1_795_348_600n));
      const moved = await lab.send(lab.stranger, lab.manager, 'updateCurrentBlock', [proof]);
      expect(lab.only(moved, 'CurrentUnderlyingBlockUpdated')).toMatchObject({
        underlyingBlockNumber: '1000101',
        underlyingBlockTimestamp: '1795348602',
      });
      const backwards = await lab.prove('updateCurrentBlock', blockHeight(1_000_050n, 1_795_348_500n));
      expect((await lab.send(lab.stranger, lab.manager, 'updateCurrentBlock', [backwards])).events).toEqual([]);
    });
  });

  describe('refused requests', () => {
    test('by address, executor, tag and balance', async () => {
      expect(await refusal('redeem', [1n, USER_ADDRESS, NOBODY])).toBe('RedeemZeroLots');
      await mint(lab, lab.agent(0), 1n);
      expect(await refusal('redeem', [0n, USER_ADDRESS, NOBODY])).toBe('RedeemZeroLots');
      expect(await refusal('redeem', [1n, USER_ADDRESS, NOBODY], 1_000_000_000n)).toBe('ExecutorFeeWithoutExecutor');
      expect(await refusal('redeem', [1n, USER_ADDRESS, NOBODY], 999_999_999n)).toBe('no revert');
      expect(await refusal('redeem', [1n, 'r'.repeat(128), NOBODY])).toBe('UnderlyingAddressTooLong');
      expect(await refusal('redeem', [1n, 'r'.repeat(127), NOBODY])).toBe('no revert');
      expect(await refusal('redeem', [1n, 'rLab\nUser', NOBODY])).toBe('InvalidUnderlyingAddress');
      expect(await refusal('redeem', [1n, lab.agent(0).underlyingAddress, NOBODY])).toBe('CannotRedeemToAgentsAddress');
      expect(await refusal('redeemWithTag', [10_000_000n, USER_ADDRESS, NOBODY, 2n ** 32n])).toBe(
        'DestinationTagTooBig',
      );
      expect(await refusal('redeemWithTag', [10_000_000n, USER_ADDRESS, NOBODY, 2n ** 32n - 1n])).toBe('no revert');
      const byStranger = await lab.revertOf(lab.stranger, lab.manager, 'redeem', [1n, USER_ADDRESS, NOBODY]);
      expect(byStranger).toBe('FAssetBalanceTooLow');
    });

    test('by pause levels', async () => {
      await mint(lab, lab.agent(0), 2n);
      const request = await requested(1n);
      const proof = await lab.prove('redemptionPaymentDefault', nonPayment(request, USER_ADDRESS, dueUba(request)));
      const payout = async () => await refusal('redemptionPaymentDefault', [proof, request['requestId']]);
      await lab.govern('emergencyPauseStartOperations', [100]);
      expect(await refusal('redeem', [0n, '', NOBODY])).toBe('EmergencyPauseActive');
      expect(await payout()).toBe('no revert');
      await lab.govern('emergencyPauseFull', [100]);
      expect(await payout()).toBe('EmergencyPauseActive');
      const transfer = async () => await lab.revertOf(lab.minter, lab.fAsset, 'transfer', [lab.stranger.address, 1n]);
      expect(await transfer()).toBe('no revert');
      await lab.govern('emergencyPauseFullAndTransfer', [100]);
      expect(await transfer()).toBe('EmergencyPauseOfTransfersActive');
      expect(await lab.revertOf(lab.minter, lab.fAsset, 'transfer', [lab.minter.address, 1n])).toBe(
        'CannotTransferToSelf',
      );
      await lab.warp(100);
      expect(await lab.read(lab.manager, 'emergencyPauseLevel')).toBe('0');
      expect(await payout()).toBe('no revert');
    });
  });

  describe('outcomes', () => {
    let request: PlainRecord;
    beforeEach(async () => {
      await mint(lab, lab.agent(0), 4n);
      request = await requested(1n);
    });

    test('paid: final, and the payment counts once', async () => {
      const transactionId = id('twice');
      await confirm(request, { transactionId });
      expect(await statusOf(request)).toBe('2');
      const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0)));
      const { owner } = lab.agent(0);
      const parameters = [proof, request['requestId']];
      expect(await lab.revertOf(owner, lab.manager, 'confirmRedemptionPayment', parameters)).toBe('InvalidRequestId');
      const other = await requested(1n);
      const reused = redemptionPayment(other, lab.agent(0), { transactionId });
      const reusedProof = await lab.prove('confirmRedemptionPayment', reused);
      expect(
        await lab.revertOf(owner, lab.manager, 'confirmRedemptionPayment', [reusedProof, other['requestId']]),
      ).toBe('PaymentAlreadyConfirmed');
    });

    test('blocked by the receiver: nothing is paid out, the agent keeps what it has', async () => {
      const sent = await confirm(request, { status: PAYMENT_BLOCKED });
      expect(lab.only(sent, 'RedemptionPaymentBlocked')).toMatchObject({
        redemptionAmountUBA: '10000000',
        spentUnderlyingUBA: '12',
      });
      expect(await statusOf(request)).toBe('4');
      expect(await lab.balanceOf(lab.vaultToken, lab.minter.address)).toBe(0n);
    });

    test.each([
      ['transaction failed', { status: PAYMENT_FAILED }],
      ["not redeemer's address", { to: 'rSomebodyElse' }],
      ['redemption payment too small', { amountUba: 9_949_999n }],
      ['redemption payment too small', { amountUba: 9_949_999n, status: PAYMENT_BLOCKED }],
      ['redemption payment too late', { block: 2_000_000n, timestamp: 1_895_348_500n }],
    ])('%s: the default is paid at once', async (failureReason, changes) => {
      const sent = await confirm(request, changes);
      expect(sent.events.map(({ event }) => event)).toContain('RedemptionDefault');
      expect(lab.only(sent, 'RedemptionPaymentFailed')).toMatchObject({ failureReason });
      expect(await statusOf(request)).toBe('3');
      expect(await lab.balanceOf(lab.vaultToken, lab.minter.address)).toBeGreaterThan(0n);
    });

    test('in time if one of both limits holds', async () => {
      const lastBlock = plainNumber(request, 'lastUnderlyingBlock');
      await confirm(request, { block: lastBlock, timestamp: 1_895_348_500n });
      expect(await statusOf(request)).toBe('2');
    });

    test('paid after the default: the redeemer has both', async () => {
      await redemptionDefault(lab, request, lab.minter);
      expect(await statusOf(request)).toBe('1');
      const sent = await confirm(request);
      expect(sent.events.map(({ event }) => event)).not.toContain('RedemptionDefault');
      expect(lab.only(sent, 'RedemptionPaymentFailed')).toMatchObject({
        failureReason: 'redemption already defaulted',
      });
      expect(await statusOf(request)).toBe('3');
      expect(await lab.read(lab.manager, 'getAgentInfo', [lab.agent(0).vault])).toMatchObject({ redeemingUBA: '0' });
    });

    test('confirmed by others after two hours, for a reward from the vault', async () => {
      const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0)));
      const parameters = [proof, request['requestId']];
      await lab.warp(7200);
      const early = await lab.revertOf(lab.stranger, lab.manager, 'confirmRedemptionPayment', parameters);
      expect(early).toBe('OnlyAgentVaultOwner');
      await lab.warp(1);
      await lab.send(lab.stranger, lab.manager, 'confirmRedemptionPayment', parameters);
      expect(await lab.balanceOf(lab.vaultToken, lab.stranger.address)).toBe(100_019_003n);
    });

    test('checks of a confirmation come in order', async () => {
      const attempt = async (changes: Partial<PaymentPlan>) => {
        const attestation = redemptionPayment(request, lab.agent(0), changes);
        const proof = await lab.prove('confirmRedemptionPayment', attestation);
        const parameters = [proof, request['requestId']];
        return await lab.revertOf(lab.agent(0).owner, lab.manager, 'confirmRedemptionPayment', parameters);
      };
      const wrongReference = toBeHex(1, 32);
      expect(await attempt({ reference: wrongReference, block: 0n, from: 'rX' })).toBe('InvalidRedemptionReference');
      expect(await attempt({ block: 0n, from: 'rX' })).toBe('RedemptionPaymentTooOld');
      expect(await attempt({ from: 'rX', to: lab.agent(0).underlyingAddress })).toBe(
        'SourceNotAgentsUnderlyingAddress',
      );
      expect(await attempt({ to: lab.agent(0).underlyingAddress })).toBe('InvalidReceivingAddressSelected');
      expect(await attempt({})).toBe('no revert');
    });

    test('rejected, only if the address really is invalid or not in normal form', async () => {
      const attempt = async (attestation: ReturnType<typeof addressValidity>) => {
        const proof = await lab.prove('rejectInvalidRedemption', attestation);
        const parameters = [proof, request['requestId']];
        return await lab.revertOf(lab.agent(0).owner, lab.manager, 'rejectInvalidRedemption', parameters);
      };
      expect(await attempt(addressValidity('rOther', false, ''))).toBe('WrongAddress');
      expect(await attempt(addressValidity(USER_ADDRESS))).toBe('AddressValid');
      expect(await attempt(addressValidity(USER_ADDRESS, true, 'rNormalForm'))).toBe('no revert');
      const proof = await lab.prove('rejectInvalidRedemption', addressValidity(USER_ADDRESS, false, ''));
      const parameters = [proof, request['requestId']];
      const sent = await lab.send(lab.agent(0).work, lab.manager, 'rejectInvalidRedemption', parameters);
      expect(lab.only(sent, 'RedemptionRejected')).toMatchObject({ redemptionAmountUBA: '10000000' });
      expect(await statusOf(request)).toBe('5');
    });

    test('ended by the agent when nothing can be proven any more', async () => {
      const [lastBlock, lastS] = [
        plainNumber(request, 'lastUnderlyingBlock'),
        plainNumber(request, 'lastUnderlyingTimestamp'),
      ];
      const finish = async (windowS: bigint) => {
        const window = { lowestBlock: lastBlock + 1n, lowestTimestamp: lastS + 1n };
        const attestation = blockHeight(lastBlock + 50_000n, lastS + 1n + windowS, window);
        return [await lab.prove('finishRedemptionWithoutPayment', attestation), request['requestId']];
      };
      const { owner } = lab.agent(0);
      const early = await lab.revertOf(owner, lab.manager, 'finishRedemptionWithoutPayment', await finish(86_399n));
      expect(early).toBe('ShouldDefaultFirst');
      const parameters = await finish(86_400n);
      const sent = await lab.send(owner, lab.manager, 'finishRedemptionWithoutPayment', parameters);
      expect(lab.only(sent, 'RedemptionDefault')).toMatchObject({ redeemedVaultCollateralWei: '22417243' });
      expect(await statusOf(request)).toBe('1');
      const again = await lab.send(owner, lab.manager, 'finishRedemptionWithoutPayment', parameters);
      expect(again.events).toEqual([]);
    });

    test('an agent that spends more than it may goes into full liquidation', async () => {
      const sent = await confirm(request, { amountUba: 40_000_000n });
      expect(lab.only(sent, 'UnderlyingBalanceTooLow')).toMatchObject({ requiredBalance: '30040000' });
      expect(await lab.read(lab.manager, 'getAgentInfo', [lab.agent(0).vault])).toMatchObject({ status: '2' });
      const attempt = await lab.revertOf(
        lab.minter,
        lab.manager,
        'reserveCollateral',
        [lab.agent(0).vault, 1n, 100n, NOBODY],
        5n * COIN,
      );
      expect(attempt).toBe('InvalidAgentStatus');
    });
  });

  describe('default', () => {
    test('checks come in order', async () => {
      await mint(lab, lab.agent(0), 2n);
      const request = await requested(1n);
      const attempt = async (
        changes: Parameters<typeof nonPayment>[3],
        requestId = plainText(request, 'requestId'),
      ) => {
        const proof = await lab.prove(
          'redemptionPaymentDefault',
          nonPayment(request, USER_ADDRESS, dueUba(request), changes),
        );
        return await lab.revertOf(lab.stranger, lab.manager, 'redemptionPaymentDefault', [proof, requestId]);
      };
      const early = { overflowTimestamp: plainNumber(request, 'lastUnderlyingTimestamp') };
      const short = { minimalBlockNumber: plainNumber(request, 'firstUnderlyingBlock') + 1n };
      expect(await attempt({ checkSourceAddresses: true }, '7')).toBe('SourceAddressesNotSupported');
      expect(await attempt({}, '7')).toBe('InvalidRequestId');
      expect(await attempt({ amount: 1n, ...early })).toBe('RedemptionNonPaymentMismatch');
      expect(await attempt({ ...early, ...short })).toBe('RedemptionDefaultTooEarly');
      expect(await attempt(short)).toBe('RedemptionNonPaymentProofWindowTooShort');
      expect(await attempt({})).toBe('OnlyRedeemerExecutorOrAgent');
    });

    test('pays the executor that calls it, and burns its fee when the redeemer calls', async () => {
      await mint(lab, lab.agent(0), 2n);
      const first = lab.only(await redeem(1n, lab.executor.address, COIN), 'RedemptionRequested');
      await redemptionDefault(lab, first, lab.executor);
      expect(await lab.balanceOf(lab.wNat, lab.executor.address)).toBe(COIN);
      const second = lab.only(await redeem(1n, lab.executor.address, COIN), 'RedemptionRequested');
      const burnedBefore = await lab.nativeBalanceOf(BURNED);
      await redemptionDefault(lab, second, lab.minter);
      expect((await lab.nativeBalanceOf(BURNED)) - burnedBefore).toBe(COIN);
      const info = await lab.read(lab.manager, 'redemptionRequestInfo', [second['requestId']]);
      expect(info).toMatchObject({ executorFeeNatWei: '0', status: '1' });
    });
  });

  describe('with XRP proofs', () => {
    test('a tagged request is paid with its tag only', async () => {
      await mint(lab, lab.agent(0), 2n);
      const request = await withTag(7n);
      expect(await lab.read(lab.manager, 'redemptionRequestInfoExt', [request['requestId']])).toMatchObject({
        requiresDestinationTag: true,
        destinationTag: '7',
      });
      const { owner } = lab.agent(0);
      const plainProof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0)));
      const byPlainProof = await lab.revertOf(owner, lab.manager, 'confirmRedemptionPayment', [
        plainProof,
        request['requestId'],
      ]);
      expect(byPlainProof).toBe('DestinationTagNotSupported');
      const confirmXrp = async (tag: bigint | undefined) => {
        const plan = { ...redemptionPlan(request, lab.agent(0)), ...(tag === undefined ? {} : { tag }) };
        const proof = await lab.prove('confirmXRPRedemptionPayment', xrpPayment(plan));
        return await lab.send(owner, lab.manager, 'confirmXRPRedemptionPayment', [proof, request['requestId']]);
      };
      await lab.undone(async () => {
        expect(lab.only(await confirmXrp(undefined), 'RedemptionPaymentFailed')).toMatchObject({
          failureReason: 'destination tag required but not present',
        });
      });
      await lab.undone(async () => {
        expect(lab.only(await confirmXrp(8n), 'RedemptionPaymentFailed')).toMatchObject({
          failureReason: 'incorrect destination tag',
        });
      });
      expect(lab.only(await confirmXrp(7n), 'RedemptionPerformed')).toMatchObject({ redemptionAmountUBA: '10000000' });
    });

    test('a tagged request defaults by the XRP proof with its tag, for the owner of the proof', async () => {
      await mint(lab, lab.agent(0), 1n);
      const request = await withTag(7n);
      const ordinary = nonPayment(request, USER_ADDRESS, dueUba(request));
      const attempt = async (method: string, attestation: Parameters<Lab['prove']>[1]) => {
        const proof = await lab.prove(method, attestation);
        return await lab.revertOf(lab.minter, lab.manager, method, [proof, request['requestId']]);
      };
      expect(await attempt('redemptionPaymentDefault', ordinary)).toBe('DestinationTagNotSupported');
      const byXrp = async (tag: bigint | undefined, proofOwner = NOBODY) =>
        await attempt('xrpRedemptionPaymentDefault', xrpNonPayment(request, tag, proofOwner));
      expect(await byXrp(undefined)).toBe('RedemptionNonPaymentMismatch');
      expect(await byXrp(8n)).toBe('RedemptionNonPaymentMismatch');
      expect(await byXrp(7n, lab.stranger.address)).toBe('OnlyProofOwner');
      expect(await byXrp(7n, lab.minter.address)).toBe('no revert');
    });

    test('an untagged request defaults by the XRP proof without a tag', async () => {
      await mint(lab, lab.agent(0), 1n);
      const request = await requested(1n);
      const proof = await lab.prove('xrpRedemptionPaymentDefault', xrpNonPayment(request, undefined));
      const parameters = [proof, request['requestId']];
      const sent = await lab.send(lab.minter, lab.manager, 'xrpRedemptionPaymentDefault', parameters);
      expect(lab.only(sent, 'RedemptionDefault')).toMatchObject({ redeemedVaultCollateralWei: '22417243' });
    });
  });

  test('proofs of another chain or unknown to the FDC are refused', async () => {
    await mint(lab, lab.agent(0), 1n);
    const request = await requested(1n);
    const proof = await lab.prove('redemptionPaymentDefault', nonPayment(request, USER_ADDRESS, dueUba(request)));
    const attempt = async (changes: Record<string, unknown>) =>
      await lab.revertOf(lab.minter, lab.manager, 'redemptionPaymentDefault', [
        { ...proof, data: { ...proof.data, ...changes } },
        request['requestId'],
      ]);
    expect(await attempt({ sourceId: encodeBytes32String('XRP') })).toBe('InvalidChain');
    expect(await attempt({ lowestUsedTimestamp: 1 })).toBe('NonPaymentNotProven');
    expect(await attempt({})).toBe('no revert');
  });
});
