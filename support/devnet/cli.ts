/** The devnet as a program: starts it, prints its addresses, runs until it is stopped. */
import { EventEmitter, once } from 'node:events';
import { coston2 } from '../clients/known-networks/coston2.ts';
import { writeRecordFile } from '../clients/record-file.ts';
import { cleaningUp } from '../units/troubles.ts';
import { type CliOptions, USAGE, parseCommandLine } from './cli-options.ts';
import type { Devnet } from './devnet.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

try {
  const options = parseCommandLine(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else await run(options);
} catch (error) {
  process.stderr.write(`devnet: ${oneLine(error)}\n`);
  process.exitCode = 1;
}

async function run(options: CliOptions): Promise<void> {
  const ending = new EventEmitter();
  const ended = once(ending, 'end');
  // From the first moment on, so that a signal during the start leaves nothing behind: it counts once all is up.
  for (const signal of STOP_SIGNALS) process.on(signal, () => ending.emit('end'));
  const { startDevnet } = await import('./devnet.ts'); // so that a wrong command line is told at once
  const devnet = await startDevnet({
    clock: options.clock,
    agents: options.agents,
    visitors: options.visitors,
    ledgerAccept: options.ledgerAccept,
    onFailure: (error) => ending.emit('end', error),
    baseReserveDrops: BigInt(options.baseReserveXrp) * 1_000_000n,
    ...(options.publicLimits && { nodeLimits: coston2.chain.limits ?? {} }),
    ...(options.artifactsDir !== undefined && { artifactsDir: options.artifactsDir }),
    ...(options.portBase !== undefined && { portBase: options.portBase }),
  });
  const serve = async (): Promise<void> => {
    if (options.jsonFile !== undefined) writeRecordFile(options.jsonFile, devnet.record);
    process.stdout.write(`${summary(options, devnet)}\n`);
    const [failure]: Error[] = await ended;
    if (failure !== undefined) throw failure;
  };
  await cleaningUp(serve, () => devnet.stop());
}

function summary({ clock, jsonFile, ledgerAccept }: CliOptions, { record, protocol }: Devnet): string {
  return [
    `devnet is up: ${protocol.kind} ${protocol.version}, ${clock} time`,
    `  chain              ${record.chain.rpcUrls[0]} (chain id ${record.chain.chainId})`,
    `  ledger             ${record.ledger.webSocketUrls[0]}${ledgerAccept ? ' (closes on ledger_accept)' : ''}`,
    `  faucet             ${record.faucetUrl}`,
    `  verifier           ${record.fdc.verifierUrls[0]}`,
    `  data availability  ${record.fdc.dataAvailabilityUrls[0]}`,
    `  control            ${record.controlUrl}`,
    `  registry           ${record.contracts.registry}`,
    ...(jsonFile === undefined ? [] : [`  network record in  ${jsonFile}`]),
  ].join('\n');
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s*\n\s*/g, ' | ');
}
