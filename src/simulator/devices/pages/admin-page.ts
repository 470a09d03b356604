import { phoneDate } from '../../clock.js';
import { jsonTab } from '../../markup/dialects/json.js';
import type { PlacedField } from '../../markup/page-parts.js';
import { type Template, encode, fill, writerOf } from '../../markup/template.js';
import { restyle } from '../../markup/restyle.js';
import type { Device } from '../device.js';
import { newToken } from '../sign-in/tokens.js';
import { type Reply, html } from '../http.js';
import { shownBy, shownRows } from './shown.js';
import type { World } from '../world.js';

/** `/admin/advanced`: all tabs in one document. */
export function adminPage(device: Device, world: World): Reply {
  const charset = pageCharset(device);
  const template = world.templates.template(device.layoutTraits(), device.spec.dialect, charset, device.state.changed);
  const { escape } = template.writer;
  const texts = shownTexts(device, world);
  if (device.behavior.formToken === 'hidden') texts['formToken'] = newToken(device);
  const body = fill(template, (name) => {
    const markup = activeMarkup(name, device, template, world);
    return markup === null ? escape(texts[name] ?? '') : restyle(markup, template.style);
  });
  return html(body, device.behavior.charset === 'unsaid' ? '' : charset);
}

/** `/admin/advanced/<Tab>.json` of a phone that has such tabs; null when it has none of that name. */
export function jsonTabPage(device: Device, world: World, tab: string): Reply | null {
  if (device.spec.dialect !== 'json') return null;
  const texts = shownTexts(device, world);
  const body = jsonTab(world.templates.layout(device.layoutTraits()), tab, device.behavior.jsonIds, {
    textOf: (text) => text.replace(/\u0001(\w+)\u0001/g, (_slot, name: string) => texts[name] ?? ''),
    valueOf: (field) => (field.type === 'password' ? '' : currentValue(field, device)),
    rowsOf: () => shownRows(device, device.state.authorizationRows, world),
  });
  if (body === null) return null;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(body) };
}

/** `/` and `/admin`: the basic views, which have Product Information and links but no provisioning. */
export function basicPage(device: Device, user: boolean): Reply {
  const { productName, titleEnd } = device.layoutTraits();
  const shown = shownBy(device);
  const { escape } = writerOf(device.spec.dialect);
  const charset = pageCharset(device);
  const rows = [
    ['Product Name', productName],
    ['Serial Number', shown.serial],
    ['Software Version', shown.softwareVersion],
    ['Hardware Version', shown.hardware],
    ['MAC Address', device.mac],
  ].map(([label = '', value = '']) => `<tr><td>${label}:</td><td>${escape(value)}</td></tr>`);
  const links = user
    ? '<a href="/admin">Admin Login</a> <a href="/advanced">advanced</a>'
    : '<a href="/">User Login</a> <a href="/admin/advanced">advanced</a>';
  const text = `<html><head><title>${escape(`${productName} Configuration Utility${titleEnd}`)}</title></head><body>${links}
<table><tr><td colspan="2"><b>Product Information</b></td></tr>
${rows.join('\n')}
</table></body></html>
`;
  return html(encode(text, charset), device.behavior.charset === 'unsaid' ? '' : charset);
}

function pageCharset(device: Device): 'utf-8' | 'iso-8859-1' {
  const { charset } = device.behavior;
  return charset === 'dialect' || charset === 'unsaid' ? writerOf(device.spec.dialect).charset : charset;
}

/** The value a field shows and would post back. */
export function currentValue(field: PlacedField, device: Device): string {
  if (field.active === null) return device.state.changed.get(field.key) ?? field.initial;
  if (field.active !== 'authorizationType') return device.state[field.active];
  return field.posted[field.choices.indexOf(device.state.authorizationType)] ?? '';
}

/** Slots that are markup rather than text. */
function activeMarkup(name: string, device: Device, template: Template, world: World): string | null {
  const { writer, layout } = template;
  if (name === 'authorizationRows') {
    const rows = shownRows(device, device.state.authorizationRows, world);
    return rows
      .map((row, index) => writer.statusRow('Transition Authorization Status', index + 1, writer.escape(row)))
      .join('');
  }
  if (name !== 'authorizationType') return null;
  const field = layout.fields.find((candidate) => candidate.active === name);
  return field === undefined ? '' : writer.options(field, currentValue(field, device));
}

/** The texts of all other slots. */
function shownTexts(device: Device, world: World): Record<string, string> {
  const { state } = device;
  const shown = shownBy(device);
  const texts: Record<string, string> = {
    productName: device.layoutTraits().productName,
    serial: shown.serial,
    softwareVersion: shown.softwareVersion,
    hardware: shown.hardware,
    mac: device.mac,
    typeRow: state.typeRow,
    hostName: shown.host,
    address: device.address,
    currentTime: phoneDate(world.time.now()),
    upgradeStatus: shown.upgradeStatus,
    callState: device.isBusy() ? 'Connected' : 'Idle',
    upgradeRule: state.upgradeRule,
    authorizationRule: state.authorizationRule,
  };
  for (const [index, reason] of state.rebootReasons.entries()) texts[`reboot${index + 1}`] = reason;
  for (const [index, row] of shownRows(device, state.firmwareRows, world).entries())
    texts[`firmware${index + 1}`] = row;
  return texts;
}
