/**
 * The run that was recorded on the real v1.3 contracts, done again step by step on the stand-in: same events, same amounts.
 *
 * The figures are the recorded ones (base units). Ids differ, because they depend on block numbers.
 */
import { toBeHex } from 'ethers';
import { beforeAll, describe, expect, test } from 'vitest';
import { COIN, Lab, type PlainRecord, START_S, plainText } from './testing/lab.ts';
import {
  USER_ADDRESS,
  dueUba,
  mint,
  mintingPayment,
  nonPayment,
  redemptionDefault,
  redemptionPayment,
  reserve,
} from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);

describe('the recorded run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
    return () => lab.stop();
  });

  const agentInfo = async (index: number): Promise<PlainRecord> =>
    await lab.readRecord(lab.manager, 'getAgentInfo', [lab.agent(index).vault]);
  const redeem = async (lots: bigint, executor = NOBODY, valueWei = 0n) =>
    await lab.send(lab.minter, lab.manager, 'redeem', [lots, USER_ADDRESS, executor], valueWei);
  const balances = async (index: number) => {
    const { pool, work } = lab.agent(index);
    return {
      minterFAsset: await lab.balanceOf(lab.fAsset, lab.minter.address),
      poolFAsset: await lab.balanceOf(lab.fAsset, pool),
      poolWNat: await lab.balanceOf(lab.wNat, pool),
      workWNat: await lab.balanceOf(lab.wNat, work.address),
      minterWNat: await lab.balanceOf(lab.wNat, lab.minter.address),
      minterVaultToken: await lab.balanceOf(lab.vaultToken, lab.minter.address),
    };
  };
  const poolState = async (holder: string) => {
    const { poolContract: pool, poolTokenContract: token } = lab.agent(1);
    return {
      totalCollateral: await lab.read(pool, 'totalCollateral'),
      tokenSupply: await lab.read(token, 'totalSupply'),
      totalFAssetFees: await lab.read(pool, 'totalFAssetFees'),
      totalFAssetFeeDebt: await lab.read(pool, 'totalFAssetFeeDebt'),
      userTokens: await lab.read(token, 'balanceOf', [holder]),
      userFees: await lab.read(pool, 'fAssetFeesOf', [holder]),
      userDebt: await lab.read(pool, 'fAssetFeeDebtOf', [holder]),
      userTransferable: await lab.read(token, 'transferableBalanceOf', [holder]),
      userTimelocked: await lab.read(token, 'timelockedBalanceOf', [holder]),
    };
  };

  test('free lots of the three agents', async () => {
    const page = await lab.readRecord(lab.manager, 'getAvailableAgentsDetailedList', [0, 10]);
    expect(page).toMatchObject({
      _totalLength: '3',
      _agents: [{ freeCollateralLots: '138' }, { freeCollateralLots: '137' }, { freeCollateralLots: '8' }],
    });
  });

  test('reservations that are refused', async () => {
    const { vault } = lab.agent(0);
    const attempt = async (lots: bigint, maxFee: bigint, valueWei: bigint) =>
      await lab.revertOf(lab.minter, lab.manager, 'reserveCollateral', [vault, lots, maxFee, NOBODY], valueWei);
    expect(await attempt(0n, 25n, 10n * COIN)).toBe('CannotMintZeroLots');
    expect(await attempt(4n, 24n, 10n * COIN)).toBe('AgentsFeeTooHigh');
    expect(await attempt(4n, 25n, 0n)).toBe('InappropriateFeeAmount');
    expect(await attempt(139n, 25n, 1000n * COIN)).toBe('NotEnoughFreeCollateral');
  });

  test('minting of 4 lots with the first agent', async () => {
    expect(await lab.read(lab.manager, 'collateralReservationFee', [4])).toBe('5105710697841296418');
    const before = await balances(0);
    const reserved = await reserve(lab, lab.agent(0), 4n);
    const shiftS = BigInt((await lab.nowS()) - START_S);
    expect(shiftS).toBe(0n);
    expect(reserved).toMatchObject({
      valueUBA: '40000000',
      feeUBA: '100000',
      firstUnderlyingBlock: '1000003',
      lastUnderlyingBlock: '1000503',
      lastUnderlyingTimestamp: '1795349412',
      executorFeeNatWei: '0',
    });
    const id = reserved['collateralReservationId'];
    const tooSmall = await lab.prove(
      'executeMinting',
      mintingPayment(reserved, lab.agent(0), { amountUba: 40_099_999n }),
    );
    expect(await lab.revertOf(lab.minter, lab.manager, 'executeMinting', [tooSmall, id])).toBe(
      'MintingPaymentTooSmall',
    );
    const proof = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0)));
    expect(await lab.revertOf(lab.stranger, lab.manager, 'executeMinting', [proof, id])).toBe(
      'OnlyMinterExecutorOrAgent',
    );
    const executed = await lab.send(lab.minter, lab.manager, 'executeMinting', [proof, id]);
    expect(await lab.revertOf(lab.minter, lab.manager, 'executeMinting', [proof, id])).toBe('InvalidCrtId');
    const tokenEvents = ['Transfer', 'Deposit'];
    expect(executed.events.filter((sent) => !tokenEvents.includes(plainText(sent, 'event')))).toMatchObject([
      { event: 'RedemptionTicketCreated', redemptionTicketId: '1', ticketValueUBA: '40000000' },
      { event: 'DustChanged', dustUBA: '40000' },
      { event: 'UnderlyingBalanceChanged', underlyingBalanceUBA: '40100000' },
      { event: 'MintingExecuted', mintedAmountUBA: '40000000', agentFeeUBA: '60000', poolFeeUBA: '40000' },
    ]);
    const after = await balances(0);
    expect(after.minterFAsset - before.minterFAsset).toBe(40_000_000n);
    expect(after.poolFAsset - before.poolFAsset).toBe(40_000n);
    expect(after.poolWNat - before.poolWNat).toBe(2_042_284_279_136_518_567n);
    expect(after.workWNat - before.workWNat).toBe(3_063_426_418_704_777_851n);
    expect(await agentInfo(0)).toMatchObject({
      freeCollateralLots: '134',
      freeVaultCollateralWei: '4880321807',
      vaultCollateralRatioBIPS: '584901',
      totalPoolCollateralNATWei: '300002042284279136518567',
      freePoolCollateralNATWei: '291313654389762602403877',
      poolCollateralRatioBIPS: '586994',
      freeAgentPoolTokensWei: '297444609191845346290113',
      mintedUBA: '40040000',
      reservedUBA: '0',
      dustUBA: '40000',
      requiredUnderlyingBalanceUBA: '40040000',
      freeUnderlyingBalanceUBA: '60000',
    });
  });

  test('redemption of 2 lots that the agent pays', async () => {
    const requested = await redeem(2n);
    const request = lab.only(requested, 'RedemptionRequested');
    expect(request).toMatchObject({ valueUBA: '20000000', feeUBA: '100000', lastUnderlyingBlock: '1000503' });
    expect(lab.only(requested, 'RedemptionTicketUpdated')).toMatchObject({ ticketValueUBA: '20000000' });
    expect(await agentInfo(0)).toMatchObject({
      freeCollateralLots: '134',
      freeVaultCollateralWei: '4888861711',
      freePoolCollateralNATWei: '291824225459546732045688',
      freeAgentPoolTokensWei: '297444609191845346290114',
      redeemingUBA: '20000000',
    });
    const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(0)));
    const parameters = [proof, request['requestId']];
    expect(await lab.revertOf(lab.stranger, lab.manager, 'confirmRedemptionPayment', parameters)).toBe(
      'OnlyAgentVaultOwner',
    );
    const confirmed = await lab.send(lab.agent(0).work, lab.manager, 'confirmRedemptionPayment', parameters);
    expect(confirmed.events).toMatchObject([
      { event: 'RedemptionPerformed', redemptionAmountUBA: '20000000', spentUnderlyingUBA: '19900012' },
      { event: 'UnderlyingBalanceChanged', underlyingBalanceUBA: '20199988' },
    ]);
    expect(await agentInfo(0)).toMatchObject({
      freeCollateralLots: '136',
      freeVaultCollateralWei: '4940101125',
      freePoolCollateralNATWei: '295653508482927704359267',
      freeUnderlyingBalanceUBA: '159988',
    });
  });

  test('redemption of 2 lots that defaults, paid by the vault alone', async () => {
    const requested = await redeem(2n);
    const request = lab.only(requested, 'RedemptionRequested');
    // a second request to one agent within 30 s has 30 s and 15 blocks more
    expect(request).toMatchObject({ lastUnderlyingBlock: '1000518', lastUnderlyingTimestamp: '1795349442' });
    expect(lab.only(requested, 'RedemptionTicketDeleted')).toMatchObject({ redemptionTicketId: '1' });
    expect(await agentInfo(0)).toMatchObject({ freePoolCollateralNATWei: '296164079552711834001078' });
    const attempt = async (by: 'minter' | 'stranger', changes = {}) => {
      const proof = await lab.prove(
        'redemptionPaymentDefault',
        nonPayment(request, USER_ADDRESS, dueUba(request), changes),
      );
      return await lab.revertOf(lab[by], lab.manager, 'redemptionPaymentDefault', [proof, request['requestId']]);
    };
    expect(await attempt('minter', { overflowBlock: 1_000_518n })).toBe('RedemptionDefaultTooEarly');
    expect(await attempt('stranger')).toBe('OnlyRedeemerExecutorOrAgent');
    const before = await balances(0);
    const defaulted = await redemptionDefault(lab, request, lab.minter);
    expect(await attempt('minter')).toBe('InvalidRedemptionStatus');
    expect(lab.only(defaulted, 'RedemptionDefault')).toMatchObject({
      redemptionAmountUBA: '20000000',
      redeemedVaultCollateralWei: '44834487',
      redeemedPoolCollateralWei: '0',
    });
    const after = await balances(0);
    expect(after.minterVaultToken - before.minterVaultToken).toBe(44_834_487n);
    expect(await agentInfo(0)).toMatchObject({
      freeCollateralLots: '138',
      freeVaultCollateralWei: '4955045955',
      vaultCollateralRatioBIPS: '580236948',
      freePoolCollateralNATWei: '299993362576092806314657',
      freeAgentPoolTokensWei: '299997447162029815530760',
      freeUnderlyingBalanceUBA: '20159988',
    });
  });

  test('the queue is empty although supply is left', async () => {
    expect(await lab.revertOf(lab.minter, lab.manager, 'redeem', [1n, USER_ADDRESS, NOBODY])).toBe('RedeemZeroLots');
  });

  test('minting of 3 lots through an executor with the second agent', async () => {
    const before = await balances(1);
    const executorBefore = await lab.balanceOf(lab.wNat, lab.executor.address);
    const { reserved, executed } = await mint(lab, lab.agent(1), 3n, {
      executor: lab.executor,
      extraWei: COIN + 999_999_999n,
    });
    expect(reserved).toMatchObject({ feeUBA: '150000', executorFeeNatWei: '1000000000000000000' });
    expect(lab.only(executed, 'MintingExecuted')).toMatchObject({ agentFeeUBA: '90000', poolFeeUBA: '60000' });
    const after = await balances(1);
    expect(after.poolWNat - before.poolWNat).toBe(1_531_713_209_352_388_925n);
    expect(after.workWNat - before.workWNat).toBe(2_297_569_814_028_583_388n);
    expect((await lab.balanceOf(lab.wNat, lab.executor.address)) - executorBefore).toBe(COIN);
  });

  test('a user in the pool of the second agent', async () => {
    const user = lab.stranger;
    const { poolContract: pool, poolTokenContract: token } = lab.agent(1);
    expect(await lab.revertOf(user, pool, 'enter', [], COIN - 1n)).toBe('AmountOfNatTooLow');
    const entered = await lab.send(user, pool, 'enter', [], 100_000n * COIN);
    const nowS = await lab.nowS();
    expect(lab.only(entered, 'CPEntered')).toMatchObject({
      amountNatWei: '100000000000000000000000',
      receivedTokensWei: '99999489431537030733720',
      timelockExpiresAt: String(nowS + 60),
    });
    expect(await poolState(user.address)).toEqual({
      totalCollateral: '400001531713209352388925',
      tokenSupply: '399999489431537030733720',
      totalFAssetFees: '60000',
      totalFAssetFeeDebt: '19999',
      userTokens: '99999489431537030733720',
      userFees: '0',
      userDebt: '19999',
      userTransferable: '0',
      userTimelocked: '99999489431537030733720',
    });
    await mint(lab, lab.agent(1), 5n);
    expect(await poolState(user.address)).toMatchObject({
      totalCollateral: '400004084568558273037133',
      totalFAssetFees: '160000',
      userFees: '25000',
    });
    expect(await lab.revertOf(user, pool, 'exit', [COIN])).toBe('InsufficientNonTimelockedBalance');
    expect(await lab.revertOf(user, pool, 'withdrawFees', [25_001n])).toBe('FreeFAssetBalanceTooSmall');
    await lab.send(user, pool, 'withdrawFees', [25_000n]);
    expect(await poolState(user.address)).toMatchObject({
      totalFAssetFees: '135000',
      totalFAssetFeeDebt: '44999',
      userFees: '0',
      userDebt: '44999',
    });
    await lab.warp(60);
    expect(await lab.revertOf(user, token, 'transfer', [lab.minter.address, COIN])).toBe(
      'InsufficientTransferableBalance',
    );
    const half = await lab.send(user, pool, 'exit', [49_999_744_715_768_515_366_860n]);
    expect(lab.only(half, 'CPExited')).toMatchObject({ receivedNatWei: '50000319105696669054106' });
    expect(await poolState(user.address)).toMatchObject({
      totalCollateral: '350003765462861603983027',
      tokenSupply: '349999744715768515366860',
      totalFAssetFeeDebt: '22500',
      userDebt: '22500',
    });
    const nativeBefore = await lab.nativeBalanceOf(user.address);
    const rest = await lab.send(user, pool, 'exit', [49_999_744_715_768_515_366_860n]);
    const nativeAfter = await lab.nativeBalanceOf(user.address);
    expect(nativeAfter - nativeBefore + rest.gasCostWei).toBe(50_000_319_105_696_669_054_106n);
    expect(await poolState(user.address)).toMatchObject({
      totalCollateral: '300003446357164934928921',
      tokenSupply: '300000000000000000000000',
      totalFAssetFeeDebt: '1',
      userTokens: '0',
      userDebt: '1',
    });
  });

  test('redemption of 8 lots, with the pool share of the redemption fee minted anew', async () => {
    const burned = '0x000000000000000000000000000000000000dEaD';
    const burnedBefore = await lab.nativeBalanceOf(burned);
    const requested = await redeem(8n, lab.executor.address, 2n * COIN);
    const request = lab.only(requested, 'RedemptionRequested');
    expect(request).toMatchObject({
      valueUBA: '80000000',
      feeUBA: '400000',
      executorFeeNatWei: '2000000000000000000',
      lastUnderlyingBlock: '1000533',
    });
    const proof = await lab.prove('confirmRedemptionPayment', redemptionPayment(request, lab.agent(1)));
    const by = lab.agent(1).owner;
    const confirmed = await lab.send(by, lab.manager, 'confirmRedemptionPayment', [proof, request['requestId']]);
    expect(confirmed.events.filter(({ event }) => event !== 'Transfer')).toMatchObject([
      { event: 'RedemptionPerformed', redemptionAmountUBA: '80000000', spentUnderlyingUBA: '79600012' },
      { event: 'DustChanged', dustUBA: '240000' },
      { event: 'RedemptionPoolFeeMinted', poolFeeUBA: '80000' },
      { event: 'UnderlyingBalanceChanged', underlyingBalanceUBA: '799988' },
    ]);
    expect((await lab.nativeBalanceOf(burned)) - burnedBefore).toBe(2n * COIN);
    expect(await agentInfo(1)).toMatchObject({
      freeCollateralLots: '137',
      freeVaultCollateralWei: '4999282649',
      vaultCollateralRatioBIPS: '97581158',
      freePoolCollateralNATWei: '299951368108046953705458',
      freeAgentPoolTokensWei: '299984683043865481174723',
      mintedUBA: '240000',
      freeUnderlyingBalanceUBA: '559988',
    });
  });

  test('redemption of 6 of 8 lots that defaults after a price jump, paid by vault and pool', async () => {
    await mint(lab, lab.agent(2), 8n);
    await lab.deployment.setPrice('testXRP', { value: 341_531n, decimals: 5 });
    const requested = await redeem(6n);
    const request = lab.only(requested, 'RedemptionRequested');
    expect(await agentInfo(2)).toMatchObject({
      freeCollateralLots: '0',
      vaultCollateralRatioBIPS: '9476',
      totalPoolCollateralNATWei: '300004084568558273037134',
      freePoolCollateralNATWei: '274568674137415535490045',
      poolCollateralRatioBIPS: '182888',
      freeAgentPoolTokensWei: '291798302805935327614282',
      mintedUBA: '20320000',
    });
    const before = await balances(2);
    const defaulted = await redemptionDefault(lab, request, lab.minter);
    expect(lab.only(defaulted, 'RedemptionDefault')).toMatchObject({
      redeemedVaultCollateralWei: '194223107',
      redeemedPoolCollateralWei: '1194723145732823058063',
    });
    expect(lab.only(defaulted, 'CPFeeDebtChanged')).toMatchObject({ newFeeDebtUBA: '-1274' });
    expect(lab.only(defaulted, 'CPPaidOut')).toMatchObject({
      paidNatWei: '1194723145732823058063',
      burnedTokensWei: '1194706879525634848392',
    });
    const after = await balances(2);
    expect(after.minterVaultToken - before.minterVaultToken).toBe(194_223_107n);
    expect(after.minterWNat - before.minterWNat).toBe(1_194_723_145_732_823_058_063n);
    expect(await agentInfo(2)).toMatchObject({
      totalPoolCollateralNATWei: '298809361422825449979071',
      freePoolCollateralNATWei: '291754498740292411648629',
      poolCollateralRatioBIPS: '720036',
      totalAgentPoolTokensWei: '298805293120474365151608',
      freeAgentPoolTokensWei: '296730361758629318552034',
    });
    await lab.deployment.setPrice('testXRP', { value: 213_457n, decimals: 5 });
  });

  test('a reservation that the minter never pays', async () => {
    const nativeBefore = await lab.nativeBalanceOf(lab.minter.address);
    const before = await balances(0);
    const sent = await lab.send(
      lab.minter,
      lab.manager,
      'reserveCollateral',
      [lab.agent(0).vault, 1n, 25n, NOBODY],
      1_276_427_674_460_324_104n + 5n * COIN,
    );
    const spentWei = nativeBefore - (await lab.nativeBalanceOf(lab.minter.address)) - sent.gasCostWei;
    expect(spentWei).toBe(1_276_427_674_460_324_104n);
    const reserved = lab.only(sent, 'CollateralReserved');
    const id = reserved['collateralReservationId'];
    const attestation = nonPayment(reserved, lab.agent(0).underlyingAddress, 10_025_000n);
    const proof = await lab.prove('mintingPaymentDefault', attestation);
    expect(await lab.revertOf(lab.minter, lab.manager, 'mintingPaymentDefault', [proof, id])).toBe(
      'OnlyAgentVaultOwner',
    );
    const ended = await lab.send(lab.agent(0).owner, lab.manager, 'mintingPaymentDefault', [proof, id]);
    expect(lab.only(ended, 'MintingPaymentDefault')).toMatchObject({ reservedAmountUBA: '10010000' });
    const after = await balances(0);
    expect(after.poolWNat - before.poolWNat).toBe(510_571_069_784_129_641n);
    expect(after.workWNat - before.workWNat).toBe(765_856_604_676_194_463n);
  });

  test('redemption by amount and with a tag', async () => {
    const redeemAmount = async (amountUba: bigint) =>
      await lab.revertOf(lab.minter, lab.manager, 'redeemAmount', [amountUba, USER_ADDRESS, NOBODY]);
    expect(await lab.read(lab.manager, 'minimumRedeemAmountUBA')).toBe('5000000');
    expect(await redeemAmount(4_999_999n)).toBe('RedemptionTooSmall');
    const byAmount = await lab.send(lab.minter, lab.manager, 'redeemAmount', [7_654_321n, USER_ADDRESS, NOBODY]);
    expect(byAmount.events.filter(({ event }) => event !== 'Transfer')).toMatchObject([
      { event: 'RedemptionTicketUpdated', ticketValueUBA: '10000000' },
      { event: 'DustChanged', dustUBA: '2665679' },
      { event: 'RedemptionRequested', valueUBA: '7654321', feeUBA: '38271', executorFeeNatWei: '0' },
    ]);
    const withTag = await lab.send(lab.minter, lab.manager, 'redeemWithTag', [6_000_000n, USER_ADDRESS, NOBODY, 777n]);
    expect(withTag.events.filter(({ event }) => event !== 'Transfer')).toMatchObject([
      { event: 'RedemptionTicketDeleted' },
      { event: 'DustChanged', dustUBA: '6665679' },
      { event: 'RedemptionWithTagRequested', valueUBA: '6000000', feeUBA: '30000', destinationTag: '777' },
    ]);
  });
});
