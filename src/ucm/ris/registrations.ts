import type { Log } from '../../domain/ports/log.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import type { SoapService } from '../soap/service.js';
import { UcmError, type UcmRegistration } from '../ucm.js';
import { type RisAnswer, readSelectAnswer } from './answer.js';
import { merged } from './merge.js';
import { selectAction, selectRequest } from './request.js';

export interface RealTime {
  service: SoapService;
  knowledge: Pick<UcmKnowledge, 'statusReasons' | 'realTime'>;
  log: Log;
  /** The most devices that one answer has listed so far: a shorter one is whole. */
  longest: { devices: number };
}

/** What the real-time service says of these phones, in chunks. Every name is in the result, as it was given. @throws UcmError */
export async function readRegistrations(
  names: readonly string[],
  realTime: RealTime,
): Promise<ReadonlyMap<string, UcmRegistration>> {
  // The service takes no wildcard, and a name that is empty would ask for all devices.
  const wanted = [...new Set(names.map((name) => name.toUpperCase()))].filter((name) => /^[A-Z0-9._-]+$/.test(name));
  const found = new Map<string, UcmRegistration>();
  const { namesPerRequest } = realTime.knowledge.realTime;
  for (let at = 0; at < wanted.length; at += namesPerRequest)
    for (const one of await chunk(wanted.slice(at, at + namesPerRequest), realTime)) found.set(one.name, one);
  return new Map(
    names.map((name) => {
      const one = found.get(name.toUpperCase()) ?? merged(name, [], true);
      return [name, one];
    }),
  );
}

/** So often is a chunk asked for in smaller parts: 32 parts of a thousand names are far below what any release cuts off at. */
const deepest = 5;

/**
 * One request. Where its answer may have been cut off, which is not told, those that are not shown as registered are asked for again, in smaller
 * parts; so are those that the longest answer so far does not list, by themselves: each answer lists one at least, until none is left.
 */
async function chunk(names: readonly string[], realTime: RealTime, depth = 0): Promise<UcmRegistration[]> {
  const { service, knowledge, log, longest } = realTime;
  const answer = await select(names, realTime);
  const listed = new Map<string, UcmRegistration[]>(names.map((name) => [name, []]));
  for (const device of answer.devices) listed.get(device.name)?.push(device);
  const count = answer.devices.length;
  const isCut = count >= knowledge.realTime.devicesPerAnswer || (answer.total ?? 0) > count;
  // A release may cut off earlier than any is known to, and say nothing.
  const mayBeCut = count > 0 && count >= longest.devices && answer.silentNodes.length === 0;
  longest.devices = Math.max(longest.devices, count);
  const all = [...listed].map(([name, found]) => merged(name, found, answer.silentNodes.length > 0 || isCut));
  const open = all.filter(({ registered }) => registered !== 'yes').map(({ name }) => name);
  if (answer.silentNodes.length > 0)
    log.warn('Nodes of Unified CM did not say which phones they have', { nodes: answer.silentNodes.join(', ') });
  const missing = [...listed].flatMap(([name, found]) => (found.length === 0 ? [name] : []));
  if (!isCut && mayBeCut && missing.length > 0) {
    const rest = new Set(missing);
    return [...all.filter(({ name }) => !rest.has(name)), ...(await chunk(missing, realTime, depth))];
  }
  if (!isCut || open.length === 0 || names.length === 1 || depth === deepest) return all;
  log.debug('An answer of the real-time service may be cut off', { host: service.url.host, open: open.length });
  const known = all.filter(({ registered }) => registered === 'yes');
  const middle = Math.ceil(open.length / 2);
  for (const part of [open.slice(0, middle), open.slice(middle)])
    if (part.length > 0) known.push(...(await chunk(part, realTime, depth + 1)));
  return known;
}

async function select(names: readonly string[], { service, knowledge }: RealTime): Promise<RisAnswer> {
  const operation = 'selectCmDeviceExt';
  const envelope = selectRequest(names, knowledge.realTime.devicesPerAnswer);
  const reply = await service.ask({ operation, action: selectAction, envelope, changes: false });
  const host = service.url.host;
  if (reply.kind === 'fault')
    throw new UcmError(
      'ucm-refused',
      `The real-time service at ${host} refused ${operation}: ${reply.fault.text}.`,
      true,
    );
  const answer = reply.kind === 'body' ? readSelectAnswer(reply.body, knowledge) : null;
  if (answer) return answer;
  throw new UcmError('ucm-unreadable', `The answer of the real-time service at ${host} lists no nodes.`, true);
}
