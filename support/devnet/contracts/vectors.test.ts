/**
 * Amounts computed by hand from the protocol's formulas, to the unit: prices, fees, payouts, pool shares, exit limit.
 *
 * Situations that no sequence of calls reaches exactly are written into storage.
 */
import { AbiCoder, keccak256, toBeHex } from 'ethers';
import { beforeAll, describe, expect, test } from 'vitest';
import { COIN, Lab, plainNumber } from './testing/lab.ts';
import { USER_ADDRESS, mint, redemptionDefault, redemptionPayment } from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);
const PRICES = {
  C2FLR: { value: 23_456n, decimals: 6 },
  testXRP: { value: 252_345n, decimals: 5 },
  testUSDT: { value: 99_987n, decimals: 5 },
} as const;

/** Storage slots of CollateralPool and of its token's ERC-20 base. */
const POOL_FEES_SLOT = toBeHex(1, 32);
const POOL_FEE_DEBT_SLOT = toBeHex(2, 32);
const POOL_COLLATERAL_SLOT = toBeHex(5, 32);
const TOKEN_SUPPLY_SLOT = toBeHex(2, 32);
const balanceSlot = (account: string): string =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [account, 0]));

describe('test vectors', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start({
      protocol: 'stand-in',
      prices: PRICES,
      agents: [
        { feeBips: 137n, redemptionPoolFeeShareBips: 3000n },
        { feeBips: 0n, poolFeeShareBips: 0n, vaultCollateralUnits: 400_000_000n, poolCollateralWei: 30_000n * COIN },
      ],
    });
    return () => lab.stop();
  });

  const redeemAmount = async (amountUba: bigint) => {
    const sent = await lab.send(lab.minter, lab.manager, 'redeemAmount', [amountUba, USER_ADDRESS, NOBODY]);
    return lab.only(sent, 'RedemptionRequested');
  };

  test('price of the asset in native coin', async () => {
    expect(await lab.read(lab.manager, 'assetPriceNatWei')).toEqual({
      _multiplier: '107582281718963165075034',
      _divisor: '1000000000',
    });
  });

  test('reservation fee, minting fee and their shares', async () => {
    await lab.undone(async () => {
      const { pool, work } = lab.agent(0);
      const poolBefore = await lab.balanceOf(lab.wNat, pool);
      const workBefore = await lab.balanceOf(lab.wNat, work.address);
      const { reserved, executed } = await mint(lab, lab.agent(0), 3n);
      expect(reserved).toMatchObject({ valueUBA: '30000000', feeUBA: '411000' });
      const info = await lab.read(lab.manager, 'collateralReservationInfo', [reserved['collateralReservationId']]);
      expect(info).toMatchObject({ reservationFeeNatWei: '3227468451568894952', status: '1' });
      expect(lab.only(executed, 'MintingExecuted')).toMatchObject({ poolFeeUBA: '164400', agentFeeUBA: '246600' });
      expect((await lab.balanceOf(lab.wNat, pool)) - poolBefore).toBe(1_290_987_380_627_557_980n);
      expect((await lab.balanceOf(lab.wNat, work.address)) - workBefore).toBe(1_936_481_070_941_336_972n);
    });
  });

  test('redemption fee, pool share of it, default from a rich vault', async () => {
    await lab.undone(async () => {
      await mint(lab, lab.agent(0), 5n);
      const request = await redeemAmount(12_345_679n);
      expect(request).toMatchObject({ valueUBA: '12345679', feeUBA: '61728' });
      const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0)));
      const parameters = [proof, request['requestId']];
      const confirmed = await lab.send(lab.agent(0).owner, lab.manager, 'confirmRedemptionPayment', parameters);
      expect(lab.only(confirmed, 'RedemptionPoolFeeMinted')).toMatchObject({ poolFeeUBA: '18518' });
      const large = await redeemAmount(30_000_000n);
      expect(large).toMatchObject({ feeUBA: '150000' });
      const defaulted = await redemptionDefault(lab, large, lab.minter);
      expect(lab.only(defaulted, 'RedemptionDefault')).toMatchObject({
        redeemedVaultCollateralWei: '79499009',
        redeemedPoolCollateralWei: '0',
      });
    });
  });

  test('default from a poor vault and the pool', async () => {
    await lab.undone(async () => {
      await lab.deployment.setPrice('testXRP', { value: 100_000n, decimals: 5 });
      await mint(lab, lab.agent(1), 20n);
      await lab.deployment.setPrice('testXRP', PRICES.testXRP);
      const request = await redeemAmount(30_000_000n);
      const defaulted = await redemptionDefault(lab, request, lab.minter);
      expect(lab.only(defaulted, 'RedemptionDefault')).toMatchObject({
        redeemedVaultCollateralWei: '60000000',
        redeemedPoolCollateralWei: '791612806002728512960',
      });
    });
  });

  test('entering a pool and leaving it in part', async () => {
    await lab.undone(async () => {
      const { poolContract: pool, poolTokenContract: token } = lab.agent(0);
      await lab.setStorage(pool.address, POOL_COLLATERAL_SLOT, 1_300_000_000_000_000_000_007n);
      await lab.setStorage(token.address, TOKEN_SUPPLY_SLOT, 1_234_567_890_123_456_789_012n);
      await lab.setStorage(pool.address, POOL_FEES_SLOT, 5_000_001n);
      await lab.setStorage(pool.address, POOL_FEE_DEBT_SLOT, -1234n);
      const entered = await lab.send(lab.minter, pool, 'enter', [], 77n * COIN + 123n);
      expect(lab.only(entered, 'CPEntered')).toMatchObject({ receivedTokensWei: '73124405799620133004' });
      expect(lab.only(entered, 'CPFeeDebtChanged')).toMatchObject({ newFeeDebtUBA: '296080' });
      await lab.warp(60);
      const left = await lab.send(lab.minter, pool, 'exit', [24_374_801_933_206_711_001n]);
      expect(lab.only(left, 'CPExited')).toMatchObject({ receivedNatWei: '25666666666666666707' });
      expect(lab.only(left, 'CPFeeDebtChanged')).toMatchObject({ newFeeDebtUBA: '197387' });
      expect(await lab.readNumber(pool, 'totalFAssetFeeDebt')).toBe(-1234n + 197_387n);
    });
  });

  test('the largest exit that leaves enough collateral', async () => {
    await lab.undone(async () => {
      const agent = lab.agent(1);
      await lab.deployment.setPrice('testXRP', { value: 100_000n, decimals: 5 });
      await mint(lab, agent, 20n);
      await lab.deployment.setPrice('testXRP', PRICES.testXRP);
      await changeExitRatio(16_000n);
      await lab.setStorage(agent.pool, POOL_COLLATERAL_SLOT, 60_000n * COIN);
      await lab.setStorage(agent.poolToken, TOKEN_SUPPLY_SLOT, 50_000n * COIN + 7n);
      await lab.setStorage(agent.poolToken, balanceSlot(lab.stranger.address), 40_000n * COIN);
      const largest = 21_311_391_541_609_822_646_661n;
      const attempt = async (tokensWei: bigint) =>
        await lab.revertOf(lab.stranger, agent.poolContract, 'exit', [tokensWei]);
      expect(await attempt(largest + 1n)).toBe('CollateralRatioFallsBelowExitCR');
      const left = await lab.send(lab.stranger, agent.poolContract, 'exit', [largest]);
      const received = plainNumber(lab.only(left, 'CPExited'), 'receivedNatWei');
      expect(received).toBeLessThanOrEqual(25_573_669_849_931_787_175_989n);
    });
  });

  async function changeExitRatio(value: bigint): Promise<void> {
    const { owner, vault } = lab.agent(1);
    const name = 'poolExitCollateralRatioBIPS';
    await lab.send(owner, lab.manager, 'announceAgentSettingUpdate', [vault, name, value]);
    await lab.warp(120);
    const executed = await lab.send(owner, lab.manager, 'executeAgentSettingUpdate', [vault, name]);
    expect(lab.only(executed, 'AgentSettingChanged')).toMatchObject({ value: String(value) });
  }
});
