import { UcmError, type UcmChange, type UcmSettings } from '../ucm.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { childOf, type Element, isNil, parseXml } from '../soap/element.js';
import { escaped } from '../soap/escape.js';
import { innerXmlAt } from '../soap/inner-xml.js';
import type { Fault } from '../soap/reply.js';
import type { Axl } from './axl.js';
import { phoneName, uuidOf } from './phones.js';

type NotFound = Pick<UcmKnowledge, 'notFoundCodes' | 'faults'>;

/** Where `vendorConfig` stands in the answer. */
const vendorConfigPath = ['Envelope', 'Body', 'getPhoneResponse', 'return', 'phone', 'vendorConfig'];

/** The nil UUID: no item of any database has it. */
const noPhone = '00000000-0000-0000-0000-000000000000';

/** Whether a fault says that there is no such item. */
export function isNotFound({ code, text }: Fault, { notFoundCodes, faults }: NotFound): boolean {
  return (code !== null && notFoundCodes.codes.includes(code)) || faults.notFound.test(text);
}

/** @returns `null`: there is no such phone. @throws UcmError */
export async function readSettings(axl: Axl, asked: string, knowledge: NotFound): Promise<UcmSettings | null> {
  const name = phoneName(asked);
  const answer = await axl.call('getPhone', `<name>${name}</name>`);
  if (answer.kind === 'fault') {
    if (isNotFound(answer.fault, knowledge)) return null;
    throw axl.refused(`getPhone for ${name}`, answer.fault);
  }
  if (answer.kind === 'too-large') throw axl.tooLarge(`getPhone for ${name}`);
  const phone = childOf(answer.result, 'phone');
  const isItem = uuidOf(phone?.attributes['uuid'] ?? '') !== null;
  if (!phone || !isItem || childOf(phone, 'name')?.text.toUpperCase() !== name)
    throw axl.unreadable(`getPhone for ${name}`, 'is not about this phone');
  const vendorConfigs = innerXmlAt(answer.xml, vendorConfigPath);
  if (vendorConfigs.length > 1) throw axl.unreadable(`getPhone for ${name}`, 'has more than one vendorConfig');
  return { ownLoad: ownLoadOf(axl, name, phone), vendorConfig: vendorConfigs[0] ?? null };
}

/** The attribute `special` says that the load is the phone's own. Without it, nobody could put the right one back. */
function ownLoadOf(axl: Axl, name: string, phone: Element): string | null {
  const load = phone.children.find((child) => child.name === 'loadInformation');
  if (!load || isNil(load) || load.text === '') return null;
  const special = load.attributes['special']?.toLowerCase();
  if (special === 'true' || special === '1' || special === 't') return load.text;
  if (special === 'false' || special === '0' || special === 'f') return null;
  throw axl.unreadable(`getPhone for ${name}`, 'does not say whether the load is set on the phone itself');
}

/** Changes the phone in the database; sent once. @throws UcmError */
export async function changeSettings(axl: Axl, asked: string, change: UcmChange, knowledge: NotFound): Promise<void> {
  const name = phoneName(asked);
  const parts = [loadElement(change.ownLoad), vendorElement(change.vendorConfig)];
  if (parts.every((part) => part === '')) return;
  await write(axl, 'updatePhone', `<name>${name}</name>${parts.join('')}`, name, knowledge);
}

function loadElement(load: string | null | undefined): string {
  if (load === undefined) return '';
  return load === null || load === ''
    ? '<loadInformation xsi:nil="true"/>'
    : `<loadInformation special="true">${escaped(load)}</loadInformation>`;
}

function vendorElement(xml: string | undefined): string {
  if (xml === undefined) return '';
  // It goes into the request as it is: what is no XML by itself could close the element and say something else.
  if (parseXml(`<vendorConfig>${xml}</vendorConfig>`)?.name !== 'vendorConfig')
    throw new UcmError('ucm-refused', 'The vendor configuration is not well-formed XML; nothing was sent.', true);
  return `<vendorConfig>${xml}</vendorConfig>`;
}

/** *Apply Config*; sent once. @throws UcmError */
export async function applyPhone(axl: Axl, asked: string, knowledge: NotFound): Promise<void> {
  const name = phoneName(asked);
  await write(axl, 'applyPhone', `<name>${name}</name>`, name, knowledge);
}

async function write(axl: Axl, operation: string, inner: string, name: string, knowledge: NotFound): Promise<void> {
  const answer = await axl.call(operation, inner, 'change');
  const what = `${operation} for ${name}`;
  if (answer.kind === 'too-large') throw axl.tooLarge(what);
  if (answer.kind === 'fault') {
    if (isNotFound(answer.fault, knowledge))
      throw new UcmError(
        'ucm-not-found',
        `Unified CM at ${axl.host} has no phone ${name}: ${answer.fault.text}.`,
        true,
      );
    throw axl.refused(what, answer.fault);
  }
  // Documented: true, false, or the item's UUID.
  const said = answer.result.text.toLowerCase();
  if (said === 'true' || uuidOf(said) !== null) return;
  throw axl.unreadable(what, said === 'false' ? 'is "false"' : 'is neither true nor the phone', false);
}

/**
 * Whether the user may write: an update of a phone that cannot exist is looked up only where it is allowed.
 * @throws UcmError for anything that says neither
 */
export async function proveWrite(axl: Axl, knowledge: NotFound): Promise<'yes' | 'no'> {
  try {
    const answer = await axl.call('updatePhone', `<uuid>{${noPhone}}</uuid>`);
    if (answer.kind === 'fault' && isNotFound(answer.fault, knowledge)) return 'yes';
    if (answer.kind === 'fault') throw axl.refused('updatePhone of no phone', answer.fault);
    throw axl.unreadable('updatePhone of no phone', 'does not say that there is none');
  } catch (error) {
    if (error instanceof UcmError && error.code === 'ucm-role-missing') return 'no';
    throw error;
  }
}
