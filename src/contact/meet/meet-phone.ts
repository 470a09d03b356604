import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { sentence } from '../../domain/text/error-reason.js';
import { createPhones, endpointsFor, type PhonesOptions } from '../../phones/create-phones.js';
import type { Look, Phones } from '../../phones/phones.js';
import { isTransportError } from '../../transport/errors/transport-error.js';
import { lookAtPort, type PortLook } from '../../transport/session/port-look.js';
import type { Encounter, RecordedExchange } from './encounter.js';
import { Recorder } from './recorder.js';
import { failureOfPorts } from './unanswered.js';

/** How one phone is reached. */
export type MeetOptions = Pick<
  PhonesOptions,
  | 'profiles'
  | 'clock'
  | 'scheme'
  | 'httpPort'
  | 'httpsPort'
  | 'tls'
  | 'timeoutMs'
  | 'userAgent'
  | 'credentialsFor'
  | 'tryPasswords'
  | 'log'
>;

/**
 * Looks at one phone as a run would before a write, and keeps everything that was said. One connection at a time: each port once, then one
 * visit. Nothing is written. Never rejects for what the phone does.
 * @param further pages beyond those that readers need are requested as well, in a visit of their own; and where a password was asked for, what
 * is shown without one
 */
export async function meetPhone(address: string, options: MeetOptions, { further = false } = {}): Promise<Encounter> {
  const { clock, profiles, tls, timeoutMs } = options;
  const at = clock.now();
  const ports: PortLook[] = [];
  for (const endpoint of endpointsFor(options))
    ports.push(await lookAtPort(address, endpoint, { timeoutMs, clock, tls }));
  const recorder = new Recorder();
  const none = { address, from: { kind: 'phone' }, at, ports, notInFile: [] } as const;
  if (ports.every((port) => port.failure !== null))
    return {
      ...none,
      access: null,
      exchanges: [],
      readings: [],
      look: null,
      view: null,
      failure: failureOfPorts(ports),
    };
  const phones = createPhones({ ...options, settleMs: 0, watcher: recorder });
  const { look, problem } = await lookOnce(phones, address);
  const { seen: view, access } = recorder;
  if (further && look) await askFurther(phones, address, recorder, furtherPaths(look, profiles), clock);
  const isSignedIn = access !== null && access.signedInBy !== null;
  const unsigned = further && isSignedIn ? await askUnsigned(address, options) : [];
  return {
    ...none,
    access,
    exchanges: [...recorder.exchanges, ...unsigned],
    readings: recorder.readings,
    look,
    view: look?.kind === 'phone' ? view : null,
    failure: problem,
  };
}

async function lookOnce(phones: Phones, address: string): Promise<{ look: Look | null; problem: Failure | null }> {
  try {
    return { look: await phones.visit(address, (visit) => visit.look('settings', true)), problem: null };
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return { look: null, problem: failure(error.code, sentence(error.message)) };
  }
}

/** What no reader has asked for yet, of the family that it is, or of both where that is not known. */
function furtherPaths(look: Look, { multiplatform, enterprise }: PhoneProfiles): string[] {
  const family = look.kind === 'phone' ? look.facts.family : null;
  const { adminPage, statusXml, configXml, others = [] } = multiplatform.endpoints;
  const { deviceXml, deviceHtml, others: enterpriseOthers = [] } = enterprise.endpoints;
  const ofMultiplatform = [adminPage, statusXml, configXml, ...others];
  const ofEnterprise = [...deviceXml, ...deviceHtml, ...enterpriseOthers];
  return [
    '/',
    ...(family === 'enterprise' ? [] : ofMultiplatform),
    ...(family === null || family === 'enterprise' ? ofEnterprise : []),
  ];
}

/** What the phone shows to somebody without its password: heard, but not read again. */
async function askUnsigned(address: string, options: MeetOptions): Promise<readonly RecordedExchange[]> {
  const recorder = new Recorder();
  await lookOnce(createPhones({ ...options, credentialsFor: () => [], settleMs: 0, watcher: recorder }), address);
  return recorder.exchanges;
}

async function askFurther(
  phones: Phones,
  address: string,
  recorder: Recorder,
  paths: readonly string[],
  clock: Clock,
): Promise<void> {
  const known = new Set(recorder.readings.map(({ asked }) => asked));
  const open = paths.filter((path) => !known.has(path));
  const began = clock.monotonic();
  try {
    await phones.visit(address, async () => {
      for (const path of open) {
        try {
          await recorder.open?.get(path);
        } catch (error) {
          // The answer to one page says nothing about the next; a session that has ended says so at once.
          if (!isTransportError(error) || error.code === 'session-timeout') throw error;
        }
        if (clock.monotonic() - began > longestMs) return;
      }
    });
  } catch (error) {
    if (!isTransportError(error)) throw error;
  }
}

/** For further pages, which nobody needs. */
const longestMs = 120_000;
