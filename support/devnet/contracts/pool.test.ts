/**
 * Collateral pools beyond the recorded run: limits, debt, transfers, self-close exits, the agent's own tokens.
 */
import { toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COIN, type Contract, Lab, plainNumber } from './testing/lab.ts';
import { USER_ADDRESS, mint, redemptionDefault } from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);

describe('collateral pool', () => {
  let lab: Lab;
  let pool: Contract;
  let token: Contract;
  beforeAll(async () => {
    lab = await Lab.start();
    pool = lab.agent(0).poolContract;
    token = lab.agent(0).poolTokenContract;
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const user = () => lab.stranger;
  const enter = async (amountWei: bigint, by = user()) =>
    plainNumber(lab.only(await lab.send(by, pool, 'enter', [], amountWei), 'CPEntered'), 'receivedTokensWei');
  const refusal = async (method: string, parameters: readonly unknown[], valueWei = 0n, by = user()) =>
    await lab.revertOf(by, pool, method, parameters, valueWei);
  const number = async (contract: Contract, method: string, ...parameters: unknown[]) =>
    await lab.readNumber(contract, method, parameters);

  const exitSelfClosing = async (tokensWei: bigint, toCollateral: boolean, executor = NOBODY, valueWei = 0n) =>
    await lab.send(user(), pool, 'selfCloseExit', [tokensWei, toCollateral, USER_ADDRESS, executor], valueWei);

  /** A large holder, so that its exit needs FAssets to be closed. */
  const prepare = async (): Promise<bigint> => {
    const tokensWei = await enter(300_000n * COIN);
    await mint(lab, lab.agent(0), 130n);
    await lab.send(lab.minter, lab.fAsset, 'transfer', [user().address, 1_000_000_000n]);
    await lab.deployment.setPrice('testXRP', { value: 700_000n, decimals: 5 });
    await lab.warp(60);
    return tokensWei;
  };
  /** What must be closed so that the ratio stays at the exit ratio, or does not fall further if it is below. */
  const requiredByFormula = async (tokensWei: bigint): Promise<bigint> => {
    const price = await lab.readRecord(lab.manager, 'assetPriceNatWei');
    const [multiplier, divisor] = [plainNumber(price, '_multiplier'), plainNumber(price, '_divisor')];
    const backedUba = await number(lab.manager, 'getFAssetsBackedByPool', lab.agent(0).vault);
    const collateralWei = await number(pool, 'totalCollateral');
    const natWei = (collateralWei * tokensWei) / (await number(token, 'totalSupply'));
    const exitRatioBips = await number(pool, 'exitCollateralRatioBIPS');
    if (collateralWei * divisor < (backedUba * multiplier * exitRatioBips) / 10_000n) {
      return (backedUba * natWei + collateralWei - 1n) / collateralWei;
    }
    const coveredUba = (divisor * (collateralWei - natWei) * 10_000n) / (multiplier * exitRatioBips);
    return backedUba > coveredUba ? backedUba - coveredUba : 0n;
  };

  test('names its token after the system and the agent', async () => {
    expect(await lab.read(token, 'symbol')).toBe('FCPT-TXRP-LAB0');
    expect(await lab.read(token, 'name')).toBe('FAsset Collateral Pool Token TXRP-LAB0');
    expect(await lab.read(pool, 'poolToken')).toBe(token.address);
    expect(await lab.read(lab.agent(0).vaultContract, 'collateralPool')).toBe(pool.address);
  });

  test('refuses exits in order', async () => {
    const tokensWei = await enter(1000n * COIN);
    expect(await refusal('exit', [0n])).toBe('TokenShareIsZero');
    expect(await refusal('exit', [tokensWei + 1n])).toBe('TokenBalanceTooLow');
    expect(await refusal('exit', [tokensWei])).toBe('InsufficientNonTimelockedBalance');
    await lab.warp(59);
    expect(await refusal('exit', [tokensWei])).toBe('InsufficientNonTimelockedBalance');
    await lab.warp(1);
    expect(await refusal('exit', [tokensWei])).toBe('no revert');
  });

  test('must not be left with less than one coin or token', async () => {
    const { owner, vault, vaultContract } = lab.agent(0);
    const all = await number(token, 'balanceOf', vault);
    await enter(2n * COIN);
    await lab.warp(60);
    await lab.send(owner, lab.manager, 'announceAgentPoolTokenRedemption', [vault, all]);
    const early = await lab.revertOf(owner, vaultContract, 'redeemCollateralPoolTokens', [all, owner.address]);
    expect(early).toBe('WithdrawalNotAllowedYet');
    await lab.warp(60);
    await lab.send(owner, vaultContract, 'redeemCollateralPoolTokens', [all, owner.address]);
    expect(await refusal('exit', [COIN + 1n])).toBe('TokenSupplyAfterExitTooLow');
    expect(await refusal('exit', [COIN])).toBe('no revert');
    expect(await refusal('exit', [2n * COIN])).toBe('no revert');
  });

  test('locks every entry for its own time', async () => {
    const first = await enter(10n * COIN);
    await lab.warp(40);
    const second = await enter(20n * COIN);
    await lab.warp(20);
    expect(await number(token, 'timelockedBalanceOf', user().address)).toBe(second);
    expect(await number(token, 'nonTimelockedBalanceOf', user().address)).toBe(first);
    expect(await refusal('exit', [first + 1n])).toBe('InsufficientNonTimelockedBalance');
    await lab.send(user(), pool, 'exit', [first]);
    await lab.warp(40);
    expect(await refusal('exit', [second])).toBe('no revert');
  });

  test('debt-free tokens move with their claim and without debt or lock', async () => {
    await enter(100_000n * COIN);
    await mint(lab, lab.agent(0), 10n);
    await lab.warp(60);
    const { address } = user();
    expect(await number(pool, 'fAssetFeeDebtOf', address)).toBe(0n);
    const claim = await number(pool, 'fAssetFeesOf', address);
    const half = (await number(token, 'balanceOf', address)) / 2n;
    await lab.send(user(), token, 'transfer', [lab.minter.address, half]);
    expect(await number(pool, 'fAssetFeesOf', lab.minter.address)).toBe(claim / 2n);
    expect(await number(token, 'timelockedBalanceOf', lab.minter.address)).toBe(0n);
    await lab.send(user(), pool, 'withdrawFees', [claim / 2n]);
    expect(await number(token, 'transferableBalanceOf', address)).toBe(0n);
    expect(await number(pool, 'debtLockedTokensOf', address)).toBe(half);
    const blocked = await lab.revertOf(user(), token, 'transfer', [lab.minter.address, 1n]);
    expect(blocked).toBe('InsufficientTransferableBalance');
  });

  test('debt can be paid off', async () => {
    await mint(lab, lab.agent(0), 10n);
    await enter(100_000n * COIN);
    const debt = await number(pool, 'fAssetFeeDebtOf', user().address);
    expect(debt).toBeGreaterThan(0n);
    await lab.send(lab.minter, lab.fAsset, 'transfer', [user().address, debt]);
    expect(await refusal('payFAssetFeeDebt', [0n])).toBe('ZeroFAssetDebtPayment');
    expect(await refusal('payFAssetFeeDebt', [debt + 1n])).toBe('PaymentLargerThanFeeDebt');
    expect(await refusal('payFAssetFeeDebt', [debt])).toBe('FAssetAllowanceTooSmall');
    await lab.send(user(), lab.fAsset, 'approve', [pool.address, debt]);
    const feesBefore = await number(pool, 'totalFAssetFees');
    const paid = await lab.send(user(), pool, 'payFAssetFeeDebt', [debt]);
    expect(lab.only(paid, 'CPFeeDebtPaid')).toMatchObject({ paidFeesUBA: String(debt) });
    expect(await number(pool, 'totalFAssetFees')).toBe(feesBefore + debt);
    expect(await number(pool, 'fAssetFeeDebtOf', user().address)).toBe(0n);
  });

  test('does not count WNat that arrives by chance', async () => {
    const before = await number(pool, 'totalCollateral');
    await lab.send(user(), lab.wNat, 'deposit', [], COIN);
    await lab.send(user(), lab.wNat, 'transfer', [pool.address, COIN]);
    expect(await number(pool, 'totalCollateral')).toBe(before);
    expect(await refusal('depositNat', [], COIN)).toBe('OnlyAssetManager');
  });

  test('refuses every call of a user while paused, but not transfers of tokens', async () => {
    await enter(1000n * COIN);
    await lab.warp(60);
    await lab.govern('emergencyPauseStartOperations', [100]);
    expect(await refusal('enter', [], COIN)).toBe('EmergencyPauseActive');
    expect(await refusal('exit', [COIN])).toBe('EmergencyPauseActive');
    expect(await refusal('withdrawFees', [1n])).toBe('EmergencyPauseActive');
    expect(await lab.revertOf(user(), token, 'transfer', [lab.minter.address, 1n])).toBe('no revert');
  });

  describe('self-close exit', () => {
    test('makes a request with an odd id against the agent’s own tickets', async () => {
      const tokensWei = await prepare();
      expect(await refusal('exit', [tokensWei])).toBe('CollateralRatioFallsBelowExitCR');
      const required = await number(pool, 'fAssetRequiredForSelfCloseExit', tokensWei);
      expect(required).toBe(await requiredByFormula(tokensWei));
      const params = [tokensWei, false, USER_ADDRESS, NOBODY];
      expect(await refusal('selfCloseExit', params)).toBe('FAssetAllowanceTooSmall');
      await lab.send(user(), lab.fAsset, 'approve', [pool.address, required]);
      const sent = await exitSelfClosing(tokensWei, false, lab.executor.address, 3n * COIN);
      const request = lab.only(sent, 'RedemptionRequested');
      expect(request).toMatchObject({
        valueUBA: String(required),
        redeemer: user().address,
        executorFeeNatWei: String(3n * COIN),
      });
      expect(plainNumber(request, 'requestId') % 2n).toBe(1n);
      expect(lab.only(sent, 'CPSelfCloseExited')).toMatchObject({ closedFAssetsUBA: String(required) });
      const info = await lab.readRecord(lab.manager, 'getAgentInfo', [lab.agent(0).vault]);
      expect(info).toMatchObject({ redeemingUBA: String(required), poolRedeemingUBA: '0' });
      // a self-close default pays plain value: no premium, nothing from the pool
      const defaulted = await redemptionDefault(lab, request, user());
      const price = (700_000n * 10n ** 9n) / 99_981n;
      const valueWei = (required * price) / 10n ** 9n;
      const payout = plainNumber(lab.only(defaulted, 'RedemptionDefault'), 'redeemedVaultCollateralWei');
      expect(payout).toBeLessThanOrEqual(valueWei);
      expect(lab.only(defaulted, 'RedemptionDefault')).toMatchObject({ redeemedPoolCollateralWei: '0' });
    });

    test('pays in vault collateral on wish, at the agent’s factor, and returns the value sent', async () => {
      const tokensWei = await prepare();
      const required = await number(pool, 'fAssetRequiredForSelfCloseExit', tokensWei);
      await lab.send(user(), lab.fAsset, 'approve', [pool.address, required]);
      const nativeBefore = await lab.nativeBalanceOf(user().address);
      const sent = await exitSelfClosing(tokensWei, true, lab.executor.address, COIN);
      const nativeAfter = await lab.nativeBalanceOf(user().address);
      const receivedWei = plainNumber(lab.only(sent, 'CPSelfCloseExited'), 'receivedNatWei');
      expect(nativeAfter - nativeBefore + sent.gasCostWei).toBe(receivedWei);
      const price = (700_000n * 10n ** 9n) / 99_981n;
      const paidWei = (((required * price) / 10n ** 9n) * 9900n) / 10_000n;
      expect(lab.only(sent, 'RedeemedInCollateral')).toMatchObject({ paidVaultCollateralWei: String(paidWei) });
    });

    test('closes nothing while the pool stays above the exit ratio', async () => {
      const tokensWei = await enter(1000n * COIN);
      await lab.warp(60);
      const sent = await exitSelfClosing(tokensWei, false);
      expect(lab.only(sent, 'CPSelfCloseExited')).toMatchObject({ closedFAssetsUBA: '0' });
      expect(await refusal('selfCloseExitTo', [COIN, false, NOBODY, '', NOBODY])).toBe('InvalidRecipientAddress');
    });
  });
});
