/** Faults of what stands around the contracts: agents, the ledger, the data connector. */
import type { PlantedFault } from './planted-fault.ts';

export const serviceFaults: readonly PlantedFault[] = [
  {
    name: 'agent-pays-one-drop-less',
    story: 'agents pay redemptions one drop short',
    services: { agents: { payLessDrops: '1' } },
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'agent-pays-twice',
    story: 'agents pay every redemption twice',
    services: { agents: { payTwice: true } },
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'agent-pays-without-memo',
    story: 'agents pay redemptions without the payment reference',
    services: { agents: { withoutMemo: true } },
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'agent-pays-late',
    story: 'agents pay redemptions when the payment window is over',
    services: { agents: { late: true } },
    check: 'redemption status',
    steps: 2,
  },
  {
    name: 'agent-silent',
    story: 'agents pay no redemption',
    services: { agents: { silent: true } },
    check: 'redemption status',
    steps: 2,
  },
  {
    name: 'agent-stops-confirming',
    story: 'agents pay redemptions but never prove it',
    services: { agents: { stopConfirming: true } },
    check: 'redemption status',
    steps: 2,
  },
  {
    name: 'ledger-charges-fee-twice',
    story: 'the ledger takes the fee of every transaction twice',
    services: { ledger: { chargeFeeTwice: true } },
    check: 'balance of xrp',
    steps: 1,
  },
  {
    name: 'ledger-delivers-one-drop-short',
    story: 'payments on the ledger arrive one drop short',
    services: { ledger: { deliverShortByDrops: '1' } },
    check: 'reverted with MintingPaymentTooSmall',
    steps: 1,
  },
  {
    name: 'ledger-ignores-deposit-auth',
    story: 'an account that refuses deposits gets them all the same',
    services: { ledger: { ignoreDepositAuth: true } },
    check: 'balance of xrp',
    steps: 2,
  },
  {
    name: 'fdc-attests-too-little',
    story: 'payments are attested with one drop less than was received',
    services: { fdc: { attestShortByDrops: '1' } },
    check: 'reverted with MintingPaymentTooSmall',
    steps: 1,
  },
  {
    name: 'fdc-attests-blocked-as-failed',
    story: "a payment that the receiver blocked is attested as the sender's failure",
    services: { fdc: { attestBlockedAsFailed: true } },
    check: 'balance of vault token',
    steps: 2,
  },
];
