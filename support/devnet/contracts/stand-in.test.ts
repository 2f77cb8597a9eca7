/**
 * What is tested on the stand-in alone: settings beyond what the real contracts allow in one step, a vault token that
 * blocks accounts, the router.
 */
import { toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COIN, Lab } from './testing/lab.ts';
import { USER_ADDRESS, mint, redemptionDefault } from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);

describe('stand-in', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start({ protocol: 'stand-in' });
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const redeem = async (lots: bigint) =>
    await lab.send(lab.minter, lab.manager, 'redeem', [lots, USER_ADDRESS, NOBODY]);
  const redeemAmount = async (amountUba: bigint) =>
    await lab.send(lab.minter, lab.manager, 'redeemAmount', [amountUba, USER_ADDRESS, NOBODY]);

  test('stops after the maximum number of tickets', async () => {
    await lab.govern('setMaxRedeemedTickets', [2]);
    for (const index of [0, 1, 0]) await mint(lab, lab.agent(index), 1n);
    const sent = await redeem(3n);
    expect(lab.only(sent, 'RedemptionRequestIncomplete')).toMatchObject({ remainingLots: '1' });
    expect(await lab.read(lab.manager, 'redemptionQueue', [0, 20])).toMatchObject({
      _queue: [{ redemptionTicketId: '3' }],
    });
  });

  test('tells what is left of an amount', async () => {
    await lab.govern('setMaxRedeemedTickets', [1]);
    for (const index of [0, 1]) await mint(lab, lab.agent(index), 1n);
    const sent = await redeemAmount(15_000_000n);
    expect(lab.only(sent, 'RedemptionRequested')).toMatchObject({ valueUBA: '10010000' });
    expect(lab.only(sent, 'RedemptionAmountIncomplete')).toMatchObject({ remainingAmountUBA: '4990000' });
  });

  test('turns tickets to dust when the lot size rises, and dust to a ticket when it falls', async () => {
    const { vault } = lab.agent(0);
    await mint(lab, lab.agent(0), 1n);
    await mint(lab, lab.agent(1), 3n);
    await lab.govern('setLotSizeAmg', [30_000_000n]);
    const sent = await redeem(1n);
    expect(lab.only(sent, 'RedemptionRequested')).toMatchObject({ agentVault: lab.agent(1).vault });
    expect(await lab.read(lab.manager, 'getAgentInfo', [vault])).toMatchObject({ dustUBA: '10010000' });
    await lab.govern('setLotSizeAmg', [5_000_000n]);
    const converted = await lab.send(lab.stranger, lab.manager, 'convertDustToTicket', [vault]);
    expect(lab.only(converted, 'RedemptionTicketCreated')).toMatchObject({ ticketValueUBA: '10000000' });
    expect(lab.only(converted, 'DustChanged')).toMatchObject({ dustUBA: '10000' });
  });
  test('falls back on the pool when the vault token refuses the transfer', async () => {
    await mint(lab, lab.agent(0), 1n);
    const request = lab.only(await redeem(1n), 'RedemptionRequested');
    await lab.send(lab.deployer, lab.vaultToken, 'setBlocked', [lab.minter.address, true]);
    const sent = await redemptionDefault(lab, request, lab.minter);
    // 22417243 vault units at 2134975632 a drop and 127642767446032410452 of native coin (both · 10^9)
    const expected = (22_417_243n * 127_642_767_446_032_410_452_669n) / 2_134_975_645n;
    expect(lab.only(sent, 'RedemptionDefault')).toMatchObject({
      redeemedVaultCollateralWei: '0',
      redeemedPoolCollateralWei: String(expected),
    });
    expect(await lab.balanceOf(lab.wNat, lab.minter.address)).toBe(expected);
  });

  test('reserves nothing while no controller is attached, paused or not', async () => {
    await lab.send(lab.deployer, lab.manager, 'attachController', [false]);
    await lab.govern('emergencyPauseStartOperations', [1000]);
    const parameters = [NOBODY, 0n, 0n, NOBODY];
    expect(await lab.revertOf(lab.minter, lab.manager, 'reserveCollateral', parameters, COIN)).toBe('NotAttached');
  });

  test('refuses functions it has not, and settings that do not come from the controller', async () => {
    const { vault } = lab.agent(0);
    const unknown = await lab.revertOf(lab.stranger, lab.manager, 'startLiquidation', [vault]);
    expect(unknown).toBe('FunctionNotFound');
    const direct = await lab.revertOf(lab.deployer, lab.manager, 'setLotSizeAmg', [1n]);
    expect(direct).toBe('OnlyAssetManagerController');
  });
});
