import { printable } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { restartTftp, tftpServicesOf } from '../../../fleet/cluster/restart-tftp.js';
import type { Ucm } from '../../../fleet/cluster/open-ucm.js';
import { renderServices } from '../../../report/unified-cm/services-text.js';
import type { Given } from '../../../conduct/options/sources.js';
import { optionsOf } from '../../../conduct/options/table.js';
import type { UcmRestartWords } from '../../options/ucm-command-rows.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { type Ask, askFirst, ownTerminal } from './ask.js';
import { clusterOf } from './cluster.js';
import { type Connect, connectUcm } from './client.js';

/**
 * `ucm restart-tftp`: restarts the TFTP service of the nodes, one after the other, so that the others go on serving. Exit code 1 where it was
 * not restarted everywhere. @throws UsageError before anything is restarted
 */
export async function ucmRestartCommand(
  given: Given,
  { node: named, yes }: UcmRestartWords,
  connect: Connect = connectUcm,
  ask: Ask = ownTerminal(),
): Promise<number> {
  const { problems, question } = askFirst('restart a service', yes, ask);
  const access = await clusterOf(given, optionsOf.ucm, 'ucm restart-tftp', problems);
  return connect(access, given.settings, ({ ucm }) => restart(ucm, access.host, named, question));
}

async function restart(
  ucm: Ucm,
  host: string,
  named: readonly string[],
  ask: (question: string) => Promise<boolean>,
): Promise<number> {
  const services = await tftpServicesOf(ucm);
  if (services.length === 0)
    throw new UsageError(
      `No node of Unified CM ${host} has a TFTP service that is activated; there is nothing to restart.`,
    );
  const isNamed = (node: string): boolean => named.some((one) => one.toLowerCase() === node.toLowerCase());
  const unknown = named.filter((one) => !services.some(({ node }) => node.toLowerCase() === one.toLowerCase()));
  if (unknown.length > 0)
    throw new UsageError(
      `--node ${printable(unknown.join(', '), 200)}: no TFTP service is there; nodes with one are ${services.map(({ node }) => printable(node, 100)).join(', ')}.`,
    );
  const chosen = named.length === 0 ? services : services.filter(({ node }) => isNamed(node));
  await writeOut(process.stdout, [renderServices(services)]);
  const question = [
    '',
    `About to restart the TFTP service on ${chosen.map(({ node }) => printable(node, 100)).join(', then on ')}.`,
    'Phones that download firmware or their settings from it at that moment are interrupted; they try again by themselves.',
    '',
  ].join('\n');
  if (!(await ask(question))) {
    process.stderr.write('fleet-migrate: nothing was restarted.\n');
    return exitCodes.attention;
  }
  for (const [at, { node }] of chosen.entries()) {
    process.stderr.write(`fleet-migrate: restarting it on ${printable(node, 100)}, which may take some minutes …\n`);
    const trouble = await restartTftp(ucm, node);
    if (trouble === null) {
      await writeOut(process.stdout, [`${printable(node, 100)}: restarted\n`]);
      continue;
    }
    const left = chosen.slice(at + 1).map((one) => printable(one.node, 100));
    const rest = left.length === 0 ? '' : ` Left as they are: ${left.join(', ')}.`;
    process.stderr.write(`fleet-migrate: ${printable(node, 100)}: ${printable(trouble, 1_000)}${rest}\n`);
    return exitCodes.attention;
  }
  return exitCodes.ok;
}
