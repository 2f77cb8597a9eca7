/**
 * Agents beyond onboarding: who owns them, creation checks, collateral and underlying withdrawals, leaving.
 */
import { toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COIN, Lab, addressValidity, plainNumber, plainText } from './testing/lab.ts';
import { mint, payment } from './testing/payments.ts';

describe('agents', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const terms = (changes: Record<string, unknown> = {}) => ({
    vaultCollateralToken: lab.vaultToken.address,
    poolTokenSuffix: 'NEW-1',
    feeBIPS: 25n,
    poolFeeShareBIPS: 4000n,
    mintingVaultCollateralRatioBIPS: 14_000n,
    mintingPoolCollateralRatioBIPS: 17_000n,
    buyFAssetByAgentFactorBIPS: 9900n,
    poolExitCollateralRatioBIPS: 18_000n,
    redemptionPoolFeeShareBIPS: 0n,
    ...changes,
  });
  const creating = async (changes: Record<string, unknown> = {}, address = 'rNewAgent', by = lab.agent(0).work) => {
    const proof = await lab.prove('createAgentVault', addressValidity(address));
    return await lab.revertOf(by, lab.manager, 'createAgentVault', [proof, terms(changes)]);
  };

  const says = async (method: string, parameter: string) => await lab.read(lab.manager, method, [parameter]);

  test('creation checks suffix, owner, address and terms', async () => {
    expect(await creating()).toBe('no revert');
    expect(await creating({ poolTokenSuffix: 'LAB0' })).toBe('SuffixReserved');
    for (const suffix of ['A', 'abc', '-AB', 'AB-', 'A'.repeat(21)]) {
      expect(await creating({ poolTokenSuffix: suffix })).toBe('SuffixInvalidFormat');
    }
    expect(await creating({}, 'rNewAgent', lab.stranger)).toBe('AgentNotWhitelisted');
    expect(await creating({}, lab.agent(1).underlyingAddress)).toBe('AddressAlreadyClaimed');
    expect(await creating({ vaultCollateralToken: lab.wNat.address })).toBe('UnknownToken');
    expect(await creating({ mintingVaultCollateralRatioBIPS: 11_999n })).toBe('CollateralRatioTooSmall');
    expect(await creating({ feeBIPS: 10_001n })).toBe('FeeTooHigh');
    expect(await creating({ buyFAssetByAgentFactorBIPS: 8999n })).toBe('ValueTooLow');
    expect(await creating({ poolExitCollateralRatioBIPS: 45_001n })).toBe('ValueTooHigh');
  });

  test('management and work address own the vault alike, others do not', async () => {
    const { owner, work, vault } = lab.agent(0);
    const isOwner = async (account: string) => await lab.read(lab.manager, 'isAgentVaultOwner', [vault, account]);
    expect(await isOwner(owner.address)).toBe(true);
    expect(await isOwner(work.address)).toBe(true);
    expect(await isOwner(lab.stranger.address)).toBe(false);
    expect(await isOwner(toBeHex(0, 20))).toBe(false);
    const info = await lab.readRecord(lab.manager, 'getAgentInfo', [vault]);
    expect(info).toMatchObject({ ownerManagementAddress: owner.address, ownerWorkAddress: work.address });
    const attempt = await lab.revertOf(lab.stranger, lab.manager, 'announceDestroyAgent', [vault]);
    expect(attempt).toBe('OnlyAgentVaultOwner');
  });

  test('vault collateral leaves when free, announced and due', async () => {
    await mint(lab, lab.agent(0), 100n);
    const { owner, vault, vaultContract } = lab.agent(0);
    const info = await lab.readRecord(lab.manager, 'getAgentInfo', [vault]);
    const freeWei = plainNumber(info, 'freeVaultCollateralWei');
    const announce = async (amount: bigint) =>
      await lab.revertOf(owner, lab.manager, 'announceVaultCollateralWithdrawal', [vault, amount]);
    const withdraw = async (amount: bigint) =>
      await lab.revertOf(owner, vaultContract, 'withdrawCollateral', [lab.vaultToken.address, amount, owner.address]);
    expect(await withdraw(1n)).toBe('WithdrawalNotAnnounced');
    expect(await announce(freeWei + 1n)).toBe('WithdrawalValueTooHigh');
    await lab.send(owner, lab.manager, 'announceVaultCollateralWithdrawal', [vault, freeWei]);
    expect(await lab.read(lab.manager, 'getAgentInfo', [vault])).toMatchObject({ freeVaultCollateralWei: '0' });
    expect(await withdraw(freeWei)).toBe('WithdrawalNotAllowedYet');
    await lab.warp(60);
    expect(await withdraw(freeWei + 1n)).toBe('WithdrawalMoreThanAnnounced');
    expect(await withdraw(freeWei)).toBe('no revert');
    await lab.deployment.setPrice('testXRP', { value: 213_557n, decimals: 5 });
    expect(await withdraw(freeWei)).toBe('WithdrawalCRTooLow');
    await lab.warp(3601);
    expect(await withdraw(freeWei)).toBe('WithdrawalTooLate');
  });

  test('underlying is topped up and withdrawn by announced payments', async () => {
    const { owner, vault, underlyingAddress } = lab.agent(0);
    const reference = toBeHex((0x4642505266410011n << 192n) | BigInt(vault), 32);
    const topup = payment({ from: 'rOwner', to: underlyingAddress, amountUba: 500_000n, reference });
    const topupProof = await lab.prove('confirmTopupPayment', topup);
    const toppedUp = await lab.send(owner, lab.manager, 'confirmTopupPayment', [topupProof, vault]);
    expect(lab.only(toppedUp, 'UnderlyingBalanceToppedUp')).toMatchObject({ depositedUBA: '500000' });
    const announced = await lab.send(owner, lab.manager, 'announceUnderlyingWithdrawal', [vault]);
    const announcement = lab.only(announced, 'UnderlyingWithdrawalAnnounced');
    const withdrawal = payment({
      from: underlyingAddress,
      to: 'rOwner',
      amountUba: 400_000n,
      reference: plainText(announcement, 'paymentReference'),
    });
    const proof = await lab.prove('confirmUnderlyingWithdrawal', withdrawal);
    const confirmed = await lab.send(owner, lab.manager, 'confirmUnderlyingWithdrawal', [proof, vault]);
    expect(lab.only(confirmed, 'UnderlyingWithdrawalConfirmed')).toMatchObject({ spentUBA: '400012' });
    expect(lab.only(confirmed, 'UnderlyingBalanceChanged')).toMatchObject({ underlyingBalanceUBA: '99988' });
  });

  test('an agent closes its own FAssets with the pool’s part of the fee', async () => {
    const { owner, vault, pool } = lab.agent(1);
    await mint(lab, lab.agent(1), 2n);
    await lab.send(lab.minter, lab.fAsset, 'transfer', [owner.address, 20_000_000n]);
    const sent = await lab.send(owner, lab.manager, 'selfClose', [vault, 10_000_000n]);
    // fee part 50 · 2000 / 10^8: ⌊10^7 · (1 − 0.001)⌋ closed, ⌊closed / (1 − 0.001)⌋ burned
    expect(lab.only(sent, 'SelfClose')).toMatchObject({ valueUBA: '9990000' });
    expect(await lab.balanceOf(lab.fAsset, owner.address)).toBe(10_000_000n);
    expect(await lab.balanceOf(lab.fAsset, pool)).toBe(40_000n + 10_000n);
  });

  test('leaves the list to the last agent of it, and ends when nothing is backed', async () => {
    const { owner, vault, vaultContract } = lab.agent(0);
    const leaving = async () => await lab.revertOf(owner, lab.manager, 'exitAvailableAgentList', [vault]);
    expect(await leaving()).toBe('ExitNotAnnounced');
    await lab.send(owner, lab.manager, 'announceExitAvailableAgentList', [vault]);
    expect(await leaving()).toBe('ExitTooSoon');
    await lab.warp(60);
    await lab.send(owner, lab.manager, 'exitAvailableAgentList', [vault]);
    expect(await lab.read(lab.manager, 'getAvailableAgentsList', [0, 10])).toEqual({
      _agents: [lab.agent(2).vault, lab.agent(1).vault],
      _totalLength: '2',
    });
    await lab.send(owner, lab.manager, 'announceAgentPoolTokenRedemption', [vault, 300_000n * COIN]);
    await lab.warp(60);
    await lab.send(owner, vaultContract, 'redeemCollateralPoolTokens', [300_000n * COIN, owner.address]);
    await lab.send(owner, lab.manager, 'announceDestroyAgent', [vault]);
    await lab.warp(61);
    await lab.send(owner, lab.manager, 'destroyAgent', [vault, owner.address]);
    const withdraw = [lab.vaultToken.address, 5_000_000_000n, owner.address];
    await lab.send(owner, vaultContract, 'withdrawCollateral', withdraw);
    expect(await lab.balanceOf(lab.vaultToken, owner.address)).toBe(5_000_000_000n);
    expect(await lab.read(lab.manager, 'getAllAgents', [0, 10])).toMatchObject({ _totalLength: '2' });
    expect(await lab.read(lab.manager, 'getAgentInfo', [vault])).toMatchObject({ status: '4' });
    expect(await lab.revertOf(owner, lab.manager, 'makeAgentAvailable', [vault])).toBe('InvalidAgentVaultAddress');
  });

  test('the manager says what it is', async () => {
    expect(await says('supportsInterface', '0x01ffc9a7')).toBe(true);
    expect(await says('supportsInterface', '0x4780badb')).toBe(true);
    expect(await says('supportsInterface', '0xda77c80e')).toBe(true);
    expect(await says('supportsInterface', '0xffffffff')).toBe(false);
    for (const selector of ['0x01e261f6', '0xc95cecbf', '0x78d0299e', '0xafe4226a', '0x4331dd30']) {
      expect(await says('facetAddress', selector)).not.toBe(toBeHex(0, 20));
    }
  });
});
