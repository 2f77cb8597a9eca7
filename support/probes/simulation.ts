/**
 * probes: acts that are only simulated, each of which the protocol must refuse with one given error or let through. This
 * file: simulated plays, all of a moment in one round trip. Nothing is sent, paid or changed; anybody can be the sender.
 * Imports clients, model and readers, besides units and files.
 * Never here: an act that costs something, or a judgement of amounts.
 */
import { type DecodedRevert, decodeRevert } from '../clients/flare/errors.ts';
import { fdcVerificationInterface } from '../clients/flare/interfaces.ts';
import { JsonRpcError, type JsonRpc, type RpcCall } from '../clients/flare/json-rpc.ts';
import type { EventLog } from '../clients/flare/receipt.ts';

export interface Call {
  readonly from: string;
  readonly to: string;
  readonly data: string;
  readonly valueWei?: bigint;
  /** Time of the call's block, Unix seconds; calls without one stand in the block of the call before. */
  readonly atS?: bigint;
}

/** What happens before an act, and the act: calls on top of a block's state, one after the other. */
export interface Play {
  readonly before: readonly Call[];
  readonly act: Call;
  /** The FDC verifies the act's proofs as always. Otherwise it takes every proof for proven, as it does for the calls before. */
  readonly verified?: boolean;
  /** Code of contracts that are played by others, by address. */
  readonly codes?: Readonly<Record<string, string>>;
  /** The act stands in the block of the calls before, where ids hang on the block's number. */
  readonly inSameBlock?: boolean;
}

export type Outcome =
  | { readonly kind: 'through'; readonly returned: string; readonly logs: readonly EventLog[] }
  | { readonly kind: 'refused'; readonly revert: DecodedRevert }
  /** A call before the act was refused, so nothing is known of the act. */
  | { readonly kind: 'unprepared'; readonly call: number; readonly revert: DecodedRevert };

const RELAY_SELECTOR = fdcVerificationInterface.getFunction('relay')?.selector.slice(2);

/**
 * Code in place of the FDC's that says `true` to whatever it is asked, apart from where its relay is: the protocol takes its
 * random numbers from there.
 */
const saysYes = (relay: string): string =>
  `0x60003560e01c63${RELAY_SELECTOR}14601957600160005260206000f35b73${relay.slice(2)}60005260206000f3`;

const PLENTY_WEI = `0x${(10n ** 30n).toString(16)}`;
/** Public nodes take no more in one request. */
const BATCH = 100;

export interface SimulationTerms {
  /** On whose state; all plays on the same. */
  readonly block: number;
  readonly fdcVerification: string;
  readonly relay: string;
}

/** What each play comes to. Throws JsonRpcError where the node cannot simulate. */
export async function simulate(
  rpc: JsonRpc,
  { block, fdcVerification, relay }: SimulationTerms,
  plays: readonly Play[],
): Promise<Outcome[]> {
  const tag = hex(block);
  const fdc = {
    address: fdcVerification,
    code: await rpc.call<string>('eth_getCode', [fdcVerification, tag]),
    believing: saysYes(relay),
  };
  const calls = plays.map((play): RpcCall => ({
    method: 'eth_simulateV1',
    params: [{ blockStateCalls: blocksOf(play, fdc) }, tag],
  }));
  const answers = [];
  for (let start = 0; start < calls.length; start += BATCH)
    answers.push(...(await rpc.outcomes(calls.slice(start, start + BATCH))));
  return answers.map((answer) => {
    if (answer instanceof JsonRpcError) throw answer;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the wire format of eth_simulateV1
    return outcomeOf((answer.result as readonly SimulatedBlock[]).flatMap(({ calls: done }) => done));
  });
}

/** True where the node simulates several calls on top of each other. */
export async function canSimulate(rpc: JsonRpc): Promise<boolean> {
  const [answer] = await rpc.outcomes([
    { method: 'eth_simulateV1', params: [{ blockStateCalls: [{ calls: [] }] }, 'latest'] },
  ]);
  return answer !== undefined && !(answer instanceof JsonRpcError);
}

/** What plain calls come to, of which no node needs to know more than eth_call. */
export async function callAll(rpc: JsonRpc, block: number, calls: readonly Call[]): Promise<Outcome[]> {
  const answers = [];
  const requests = calls.map((call): RpcCall => ({ method: 'eth_call', params: [wire(call), hex(block)] }));
  for (let start = 0; start < requests.length; start += BATCH)
    answers.push(...(await rpc.outcomes(requests.slice(start, start + BATCH))));
  return answers.map((answer): Outcome => {
    if (!(answer instanceof JsonRpcError)) return { kind: 'through', returned: String(answer.result), logs: [] };
    if (answer.revert === undefined) throw answer;
    return { kind: 'refused', revert: answer.revert };
  });
}

interface SimulatedCall {
  readonly status: string;
  readonly returnData: string;
  readonly logs: readonly EventLog[];
  readonly error?: { readonly message: string; readonly data?: string };
}
interface SimulatedBlock {
  readonly calls: readonly SimulatedCall[];
}

function outcomeOf(done: readonly SimulatedCall[]): Outcome {
  const refused = done.findIndex(({ status }) => BigInt(status) === 0n);
  const last = done.at(-1);
  if (last === undefined) throw new Error('the node simulated nothing');
  if (refused === -1) return { kind: 'through', returned: last.returnData, logs: last.logs };
  const { error, returnData } = done[refused] ?? last;
  const data = returnData === '0x' ? error?.data : returnData;
  const revert = decodeRevert(data, error?.message ?? 'reverted');
  return refused === done.length - 1 ? { kind: 'refused', revert } : { kind: 'unprepared', call: refused, revert };
}

interface Fdc {
  readonly address: string;
  /** The code it has. */
  readonly code: string;
  /** Code that takes everything for proven. */
  readonly believing: string;
}

/** The play as simulated blocks: a new one wherever time is set, and one for the act unless it says otherwise. */
function blocksOf({ before, act, verified = false, codes = {}, inSameBlock = false }: Play, fdc: Fdc): unknown[] {
  const blocks: { readonly atS: bigint | undefined; readonly calls: Call[] }[] = [];
  const timeBefore = () => blocks.findLast((block) => block.atS !== undefined)?.atS;
  for (const call of inSameBlock ? [...before, act] : before) {
    const block = blocks.at(-1);
    if (block === undefined || call.atS !== undefined) blocks.push({ atS: call.atS, calls: [call] });
    else block.calls.push(call);
  }
  if (!inSameBlock) blocks.push({ atS: act.atS ?? timeBefore(), calls: [act] });
  const played = Object.fromEntries(Object.entries(codes).map(([address, code]) => [address, { code }]));
  const senders = new Set([...before, act].map(({ from }) => from));
  const funds = Object.fromEntries([...senders].map((from) => [from, { balance: PLENTY_WEI }]));
  return blocks.map((block, index) => ({
    ...(block.atS === undefined ? {} : { blockOverrides: { time: hex(block.atS) } }),
    stateOverrides: {
      ...(index === 0 ? { ...funds, ...played, [fdc.address]: { code: fdc.believing } } : {}),
      ...(verified && index === blocks.length - 1 ? { [fdc.address]: { code: fdc.code } } : {}),
    },
    calls: block.calls.map(wire),
  }));
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

const wire = ({ from, to, data, valueWei = 0n }: Call) => ({
  from,
  to,
  data,
  ...(valueWei === 0n ? {} : { value: hex(valueWei) }),
});
