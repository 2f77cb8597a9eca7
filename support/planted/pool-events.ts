/** Faults of what a pool's events say while the pool itself does right: told by the event, never by a balance. */
import type { PlantedFault } from './planted-fault.ts';

const POOL = 'pool/CollateralPool.sol';

interface WrongField {
  readonly name: string;
  readonly event: string;
  readonly field: string;
  /** How the event is emitted, and which of its arguments is one more. */
  readonly emitted: string;
  readonly argument: string;
  readonly steps: number;
}

const oneMore = ({ name, event, field, emitted, argument, steps }: WrongField): PlantedFault => ({
  name,
  story: `${event} tells a ${field} that is one more`,
  patches: [{ file: POOL, find: emitted, replace: emitted.replace(argument, `${argument} + 1`) }],
  check: `${event} ${field}`,
  steps,
});

const ENTERED = 'emit CPEntered(msg.sender, msg.value, tokensWei, timelockExpiresAt);';
const EXITED = 'emit CPExited(msg.sender, tokensWei, natWei);';
const WITHDRAWN = 'emit CPFeesWithdrawn(msg.sender, amountUba);';

export const poolEventFaults: readonly PlantedFault[] = [
  oneMore({
    name: 'entry-told-with-more-coin',
    event: 'CPEntered',
    field: 'amountNatWei',
    emitted: ENTERED,
    argument: 'msg.value',
    steps: 1,
  }),
  oneMore({
    name: 'entry-told-with-more-tokens',
    event: 'CPEntered',
    field: 'receivedTokensWei',
    emitted: ENTERED,
    argument: 'tokensWei',
    steps: 1,
  }),
  oneMore({
    name: 'exit-told-with-more-tokens',
    event: 'CPExited',
    field: 'burnedTokensWei',
    emitted: EXITED,
    argument: 'tokensWei',
    steps: 3,
  }),
  oneMore({
    name: 'exit-told-with-more-coin',
    event: 'CPExited',
    field: 'receivedNatWei',
    emitted: EXITED,
    argument: 'natWei',
    steps: 3,
  }),
  oneMore({
    name: 'withdrawn-fees-told-one-more',
    event: 'CPFeesWithdrawn',
    field: 'withdrawnFeesUBA',
    emitted: WITHDRAWN,
    argument: 'amountUba',
    steps: 3,
  }),
  oneMore({
    name: 'fee-debt-payment-told-with-more',
    event: 'CPFeeDebtPaid',
    field: 'paidFeesUBA',
    emitted: 'emit CPFeeDebtPaid(msg.sender, amountUba);',
    argument: 'amountUba',
    steps: 3,
  }),
];
