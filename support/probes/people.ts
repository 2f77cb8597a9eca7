/** Who acts in simulations, besides the protocol's own contracts and agents. They have no keys and need none. */
import { ZeroAddress, getAddress, id } from 'ethers';

const somebody = (name: string): string => getAddress(`0x${id(`probes: ${name}`).slice(-40)}`);

export const USER = somebody('user');
export const EXECUTOR = somebody('executor');
export const STRANGER = somebody('stranger');
export const OTHER_USER = somebody('other user');
/** No probe ever gives this one anything. */
export const NEVER_SEEN = somebody('never seen');
export const NOBODY = ZeroAddress;

/** Where simulated redeemers want to be paid. */
export const LEDGER_ADDRESS = 'rProbeRedeemer111111111111111111';
export const OTHER_LEDGER_ADDRESS = 'rProbeStranger111111111111111111';
