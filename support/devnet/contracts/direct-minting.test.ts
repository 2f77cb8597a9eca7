/**
 * Minting without an agent and redemption from the core vault: whom a payment is for, fees, limits, requests.
 */
import { concat, toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COIN, type Contract, Lab, plainNumber, plainText } from './testing/lab.ts';
import { PAYMENT_FAILED, xrpPayment } from './testing/payments.ts';

const DIRECT_MINTING = 0x4642505266410018n;
const EXTENDED_MEMO = '0x4642505266410021';
const OTHER_REFERENCE = toBeHex(1, 32);
type Plan = Parameters<typeof xrpPayment>[0];

/** The payment reference that names an account. */
function memoFor(target: string): string {
  return toBeHex((DIRECT_MINTING << 192n) | BigInt(target), 32);
}

describe('direct minting', () => {
  let lab: Lab;
  let coreVault: Contract;
  let coreVaultAddress: string;
  let tags: Contract;
  let feeReceiver: string;
  beforeAll(async () => {
    lab = await Lab.start();
    const addressFrom = async (method: string) => plainText({ it: await lab.read(lab.manager, method) }, 'it');
    coreVault = lab.contract('CoreVaultManager', await addressFrom('getCoreVaultManager'));
    tags = lab.contract('MintingTagManager', await addressFrom('getMintingTagManager'));
    feeReceiver = await addressFrom('getDirectMintingFeeReceiver');
    coreVaultAddress = await addressFrom('directMintingPaymentAddress');
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const recipient = () => lab.stranger.address;
  const prove = async (amountUba: bigint, changes: Partial<Plan> = {}) => {
    const plan = { from: 'rPayer', to: coreVaultAddress, amountUba, reference: memoFor(recipient()), ...changes };
    return await lab.prove('executeDirectMinting', xrpPayment(plan));
  };
  const mintDirectly = async (amountUba: bigint, changes: Partial<Plan> = {}, by = lab.executor) =>
    await lab.send(by, lab.manager, 'executeDirectMinting', [await prove(amountUba, changes)]);
  const refusal = async (amountUba: bigint, changes: Partial<Plan> = {}, valueWei = 0n, by = lab.executor) =>
    await lab.revertOf(by, lab.manager, 'executeDirectMinting', [await prove(amountUba, changes)], valueWei);
  const receivedBy = async (account: string) => await lab.balanceOf(lab.fAsset, account);

  test.each([
    [100_000_000n, 99_650_000n, 100_000n, 250_000n],
    [20_000_001n, 19_800_001n, 100_000n, 100_000n],
    [150_000n, 0n, 50_000n, 100_000n],
  ])('%s UBA are shared as recorded', async (amountUba, toRecipient, toExecutor, toFeeReceiver) => {
    const feesBefore = await receivedBy(feeReceiver);
    const sent = await mintDirectly(amountUba);
    expect(lab.only(sent, 'DirectMintingExecuted')).toMatchObject({
      targetAddress: recipient(),
      executor: lab.executor.address,
      mintedAmountUBA: String(toRecipient),
      mintingFeeUBA: String(toFeeReceiver),
      executorFeeUBA: String(toExecutor),
    });
    expect(lab.only(sent, 'PaymentConfirmed')).toMatchObject({ amount: String(amountUba) });
    expect(await receivedBy(recipient())).toBe(toRecipient);
    expect(await receivedBy(lab.executor.address)).toBe(toExecutor);
    expect((await receivedBy(feeReceiver)) - feesBefore).toBe(toFeeReceiver);
    expect(await lab.read(coreVault, 'availableFunds')).toBe(String(amountUba));
    expect(await lab.read(lab.manager, 'getAgentInfo', [lab.agent(0).vault])).toMatchObject({ mintedUBA: '0' });
  });

  test('a payment below the fee goes to the fee receiver as a whole', async () => {
    const sent = await mintDirectly(99_999n);
    expect(lab.only(sent, 'DirectMintingPaymentTooSmallForFee')).toMatchObject({
      receivedAmountUBA: '99999',
      minimumMintingFeeUBA: '100000',
    });
    expect(await receivedBy(feeReceiver)).toBe(99_999n);
  });

  test('a payment mints once', async () => {
    const transactionId = toBeHex(77, 32);
    await mintDirectly(20_000_000n, { transactionId });
    expect(await refusal(20_000_000n, { transactionId })).toBe('PaymentAlreadyConfirmed');
  });

  test('checks come in order', async () => {
    const redemption = toBeHex((0x4642505266410002n << 192n) | 5n, 32);
    const donation = { tag: 14n, reference: redemption };
    const stranger = lab.stranger.address;
    expect(await refusal(1n, { status: PAYMENT_FAILED, proofOwner: stranger })).toBe('PaymentFailed');
    expect(await refusal(1n, { proofOwner: stranger, to: 'rX' })).toBe('OnlyProofOwner');
    expect(await refusal(0n, { to: 'rX', ...donation })).toBe('InvalidReceivingAddress');
    expect(await refusal(1n, donation)).toBe('PaymentIsCoreVaultDonation');
    expect(await refusal(1n, { reference: redemption })).toBe('ForbiddenPaymentReference');
    expect(await refusal(1_000_000n, {}, 1n)).toBe('NoValueExpected');
    expect(await refusal(1_000_000n)).toBe('no revert');
  });

  test('an extended memo names an executor, who has it alone for two hours of underlying time', async () => {
    const reference = concat([EXTENDED_MEMO, recipient(), lab.minter.address]);
    expect(await refusal(20_000_000n, { reference })).toBe('InvalidExecutor');
    expect(await refusal(20_000_000n, { reference, timestamp: 1_795_348_512n - 7200n })).toBe('no revert');
    expect(await refusal(20_000_000n, { reference, timestamp: 1_795_348_512n - 7199n })).toBe('InvalidExecutor');
    const sent = await mintDirectly(20_000_000n, { reference }, lab.minter);
    expect(lab.only(sent, 'DirectMintingExecuted')).toMatchObject({ targetAddress: recipient() });
  });

  test('a payment that names nobody goes to the smart account manager', async () => {
    const sent = await mintDirectly(20_000_000n, { reference: OTHER_REFERENCE });
    expect(lab.only(sent, 'DirectMintingExecutedToSmartAccount')).toMatchObject({
      sourceAddress: 'rPayer',
      mintedAmountUBA: '19900000',
      mintingFeeUBA: '100000',
      memoData: OTHER_REFERENCE,
    });
  });

  test('a reserved tag wins over the memo, and is bound to its executor after ten minutes', async () => {
    const owner = lab.minter;
    const feeWei = await lab.readNumber(tags, 'reservationFee');
    expect(feeWei).toBe(100n * COIN);
    const wrong = await lab.revertOf(owner, tags, 'reserve', [], feeWei - 1n);
    expect(wrong).toBe('WrongReservationPaymentAmount');
    const reserved = await lab.send(owner, tags, 'reserve', [], feeWei);
    expect(lab.only(reserved, 'MintingTagReserved')).toMatchObject({ tag: '20', owner: owner.address });
    const sent = await mintDirectly(20_000_000n, { tag: 20n });
    expect(lab.only(sent, 'DirectMintingExecuted')).toMatchObject({ targetAddress: owner.address });
    await lab.send(owner, tags, 'setMintingRecipient', [20, lab.agent(0).work.address]);
    await lab.send(owner, tags, 'setAllowedExecutor', [20, lab.stranger.address]);
    expect(await refusal(20_000_000n, { tag: 20n })).toBe('no revert');
    await lab.warp(600);
    expect(await refusal(20_000_000n, { tag: 20n })).toBe('InvalidExecutor');
    const executed = await mintDirectly(20_000_000n, { tag: 20n }, lab.stranger);
    expect(lab.only(executed, 'DirectMintingExecuted')).toMatchObject({ targetAddress: lab.agent(0).work.address });
    expect(await lab.revertOf(lab.stranger, tags, 'setMintingRecipient', [20, owner.address])).toBe('OnlyTagOwner');
  });

  test('a large minting is delayed, then executed', async () => {
    const transactionId = toBeHex(78, 32);
    const large = async () => await mintDirectly(100_000_000_000n, { transactionId });
    const first = await large();
    const allowedAt = (await lab.nowS()) + 3600;
    expect(lab.only(first, 'LargeDirectMintingDelayed')).toMatchObject({ executionAllowedAt: String(allowedAt) });
    expect(await receivedBy(recipient())).toBe(0n);
    expect(await refusal(100_000_000_000n, { transactionId })).toBe('DirectMintingStillDelayed');
    const state = async () => await lab.readRecord(lab.manager, 'directMintingDelayState', [transactionId]);
    expect(await state()).toMatchObject({ _delayState: '1', _allowedAt: String(allowedAt) });
    await lab.warp(3600);
    expect(await state()).toMatchObject({ _delayState: '2' });
    expect(lab.only(await large(), 'DirectMintingExecuted')).toMatchObject({ mintedAmountUBA: '99749900000' });
  });

  test('the hourly limit delays to the hour it is paid off in', async () => {
    await mintDirectly(60_000_000_000n);
    const startS = plainNumber(
      await lab.readRecord(lab.manager, 'getDirectMintingHourlyLimiterState'),
      '_windowStartTimestamp',
    );
    expect(startS).toBe(BigInt((await lab.nowS()) - ((await lab.nowS()) % 3600)));
    const delayed = lab.only(await mintDirectly(60_000_000_000n), 'DirectMintingDelayed');
    expect(delayed).toMatchObject({ executionAllowedAt: String(startS + (3600n * 12n) / 10n) });
  });

  describe('core vault', () => {
    const address = 'rLabUser';
    const redeem = async (lots: bigint, to = address) =>
      await lab.revertOf(lab.stranger, lab.manager, 'redeemFromCoreVault', [lots, to]);

    test('pays redemptions to allowed addresses, merging pending ones', async () => {
      await mintDirectly(500_000_000n);
      expect(await redeem(9n)).toBe('RequestedAmountTooSmall');
      expect(await redeem(10n)).toBe('DestinationNotAllowed');
      await lab.send(lab.deployer, coreVault, 'addAllowedDestinationAddresses', [[address]]);
      const parameters = [10n, address];
      const first = await lab.send(lab.stranger, lab.manager, 'redeemFromCoreVault', parameters);
      const request = lab.only(first, 'CoreVaultRedemptionRequested');
      expect(request).toMatchObject({ redeemer: recipient(), valueUBA: '100000000', feeUBA: '0' });
      expect(plainText(request, 'paymentReference')).toMatch(/^0x4642505266410005/);
      const second = await lab.send(lab.stranger, lab.manager, 'redeemFromCoreVault', parameters);
      expect(lab.only(second, 'CoreVaultRedemptionRequested')).toMatchObject({
        paymentReference: request['paymentReference'],
      });
      expect(await lab.read(coreVault, 'totalRequestAmountWithFee')).toBe('200000400');
      expect(await lab.readRecord(lab.manager, 'coreVaultAvailableAmount')).toEqual({
        _immediatelyAvailableUBA: '299999200',
        _totalAvailableUBA: '299999200',
      });
    });

    test('takes gifts by their tag', async () => {
      const gift = xrpPayment({
        from: 'rPayer',
        to: coreVaultAddress,
        amountUba: 5_000_000n,
        reference: '0x',
        tag: 14n,
      });
      const withoutMemo = { ...gift, responseBody: { ...gift.responseBody, hasMemoData: false, firstMemoData: '0x' } };
      const proof = await lab.prove('confirmCoreVaultDonation', withoutMemo);
      const sent = await lab.send(lab.stranger, lab.manager, 'confirmCoreVaultDonation', [proof]);
      expect(lab.only(sent, 'CoreVaultFundsAdded')).toMatchObject({ amountUBA: '5000000' });
    });
  });
});
