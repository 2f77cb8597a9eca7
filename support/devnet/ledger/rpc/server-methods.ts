/** Methods about the server itself: its state, its fees, that it is alive. */
import { randomBytes } from 'node:crypto';
import definitions from 'ripple-binary-codec/dist/enums/definitions.json' with { type: 'json' };
import { type Amendment, amendments } from '../amendments.ts';
import type { Ledger } from '../ledger.ts';
import { humanTime, toRippleTime } from '../time.ts';
import { invalidField, rpcError } from './rpc-error.ts';
import type { Host, Request, Result } from './types.ts';

const buildVersion = '3.3.0';
const apiVersions = { first: 1, last: 2 };
const loadBase = 256;

const xrp = (drops: bigint): number => Number(drops) / 1e6;

export const completeLedgers = ({ history }: Ledger): string => `${history.firstIndex()}-${history.lastIndex()}`;

/** What server_info and server_state have in common. */
function commonState({ ledger, startedAtS, port, allowLedgerAccept: isAdmin }: Host): Result {
  const uptimeS = Math.max(0, ledger.nowS() - startedAtS);
  const idle = { duration_us: '0', transitions: '0' };
  const full = { duration_us: `${uptimeS}000000`, transitions: '1' };
  return {
    build_version: buildVersion,
    complete_ledgers: completeLedgers(ledger),
    io_latency_ms: 1,
    jq_trans_overflow: '0',
    network_id: ledger.rules.networkId,
    peers: 0,
    peer_disconnects: '0',
    peer_disconnects_resources: '0',
    ports: [{ port: port().toString(), protocol: ['http', 'ws'] }],
    pubkey_node: 'nHDEfdxhEHcaEtMC3LWkBZLpVPLCRr5yP1o8XSKCrMwfMNbqnGm7',
    server_state: 'full',
    server_state_duration_us: `${uptimeS}000000`,
    state_accounting: { connected: idle, disconnected: idle, full, syncing: idle, tracking: idle },
    time: humanTime(ledger.nowS(), 6),
    uptime: uptimeS,
    validation_quorum: isAdmin ? 0 : 1,
    ...(isAdmin && adminInfo),
  };
}

export function serverInfo(host: Host): Result {
  const { ledger } = host;
  const { rules } = ledger;
  const tip = ledger.history.ledgerByIndex(ledger.history.lastIndex());
  const validated = {
    age: Math.max(0, ledger.nowS() - (tip?.closeTimeS ?? 0)),
    base_fee_xrp: xrp(rules.baseFeeDrops),
    hash: tip?.hash,
    reserve_base_xrp: xrp(rules.baseReserveDrops),
    reserve_inc_xrp: xrp(rules.ownerReserveDrops),
    seq: tip?.index,
  };
  const lastClose = { converge_time_s: 0.1, proposers: 0 };
  const own = {
    hostid: 'devnet',
    last_close: lastClose,
    load_factor: ledger.loadFactor(),
    validated_ledger: validated,
    ...(host.allowLedgerAccept && { validator_list: validatorList }),
  };
  return { info: { ...commonState(host), ...own } };
}

export function serverState(host: Host): Result {
  const { ledger } = host;
  const { rules } = ledger;
  const tip = ledger.history.ledgerByIndex(ledger.history.lastIndex());
  const loadFactor = Math.round(ledger.loadFactor() * loadBase);
  const validated = {
    base_fee: Number(rules.baseFeeDrops),
    close_time: toRippleTime(tip?.closeTimeS ?? 0),
    hash: tip?.hash,
    reserve_base: Number(rules.baseReserveDrops),
    reserve_inc: Number(rules.ownerReserveDrops),
    seq: tip?.index,
  };
  return {
    state: {
      ...commonState(host),
      last_close: { converge_time: 100, proposers: 0 },
      load_base: loadBase,
      load_factor: loadFactor,
      load_factor_server: loadFactor,
      load_factor_fee_escalation: loadBase,
      load_factor_fee_queue: loadBase,
      load_factor_fee_reference: loadBase,
      validated_ledger: validated,
      validator_list_expires: 0,
    },
  };
}

export function fee({ ledger }: Host): Result {
  const openFee = ledger.openLedgerFeeDrops().toString();
  const openLevel = Math.round(ledger.loadFactor() * loadBase).toString();
  return {
    current_ledger_size: ledger.openTransactions().length.toString(),
    current_queue_size: '0',
    drops: {
      base_fee: ledger.rules.baseFeeDrops.toString(),
      median_fee: (ledger.rules.baseFeeDrops * 500n).toString(),
      minimum_fee: openFee,
      open_ledger_fee: openFee,
    },
    expected_ledger_size: '1000',
    ledger_current_index: ledger.openIndex(),
    levels: {
      median_level: '128000',
      minimum_level: openLevel,
      open_ledger_level: openLevel,
      reference_level: loadBase.toString(),
    },
    max_queue_size: '20000',
  };
}

/** Those who may close ledgers count as administrators. */
export const ping = ({ allowLedgerAccept }: Host): Result =>
  allowLedgerAccept ? { role: 'admin', unlimited: true } : {};

/** What only an administrator is told. */
const adminInfo = {
  load: { job_types: [], threads: 1 },
  node_size: 'medium',
  pubkey_validator: 'none',
};
const validatorList = { count: 0, expiration: 'unknown', status: 'unknown' };

/** The versions of the interface, in the form of the version that asks. */
export const version = (_host: Host, { params }: Request): Result => ({
  version:
    params.api_version === undefined
      ? { first: '1.0.0', good: '1.0.0', last: '1.0.0' }
      : { first: apiVersions.first, last: apiVersions.last },
});

/** The codec's own table, which it publishes with its hash; whoever has that hash already needs no more. */
export function serverDefinitions(_host: Host, { params }: Request): Result {
  const { hash } = params;
  if (hash !== undefined && (typeof hash !== 'string' || !/^[0-9a-fA-F]{64}$/.test(hash))) throw invalidField('hash');
  return hash?.toUpperCase() === definitions.hash ? { hash: definitions.hash } : { ...definitions };
}

/** The amendments, or the one of this name or id. */
export function feature({ allowLedgerAccept: isAdmin }: Host, { params }: Request): Result {
  const { feature: wanted, vetoed } = params;
  const print = ({ name, enabled }: Amendment): Result => ({
    enabled,
    name,
    supported: true,
    ...(isAdmin && !enabled && { vetoed: true }),
  });
  if (wanted === undefined) return { features: Object.fromEntries(amendments.map((one) => [one.id, print(one)])) };
  if (typeof wanted !== 'string') throw rpcError('badFeature');
  const found = amendments.find(({ id, name }) => wanted === name || wanted.toUpperCase() === id);
  if (found === undefined) throw rpcError('badFeature');
  if (vetoed !== undefined) throw rpcError(isAdmin ? 'notSupported' : 'noPermission');
  return { [found.id]: print(found) };
}

export const random = (): Result => ({ random: randomBytes(32).toString('hex').toUpperCase() });
