import { phoneDate } from '../clock.js';
import type { PlacedField } from '../markup/layout.js';
import type { Template } from '../markup/template.js';
import { encode, fill, writerOf } from '../markup/template.js';
import type { Device } from './device.js';
import type { Reply } from './reply.js';
import { html } from './reply.js';
import type { World } from './world.js';

/** `/admin/advanced`: all tabs in one document. */
export function adminPage(device: Device, world: World): Reply {
  const charset = pageCharset(device);
  const template = world.templates.template(device.layoutTraits(), device.spec.dialect, charset, device.state.changed);
  const { escape } = template.writer;
  const texts = shownTexts(device, world);
  const body = fill(template, (name) => activeMarkup(name, device, template) ?? escape(texts[name] ?? ''));
  return html(body, device.behavior.charset === 'unsaid' ? '' : charset);
}

/** `/` and `/admin`: the basic views, which have Product Information and links but no provisioning. */
export function basicPage(device: Device, user: boolean): Reply {
  const { productName } = device.layoutTraits();
  const { escape } = writerOf(device.spec.dialect);
  const charset = pageCharset(device);
  const rows = [
    ['Product Name', productName],
    ['Serial Number', device.spec.serial],
    ['Software Version', device.state.load],
    ['Hardware Version', device.spec.hardware],
    ['MAC Address', device.mac],
  ].map(([label = '', value = '']) => `<tr><td>${label}:</td><td>${escape(value)}</td></tr>`);
  const links = user
    ? '<a href="/admin">Admin Login</a> <a href="/advanced">advanced</a>'
    : '<a href="/">User Login</a> <a href="/admin/advanced">advanced</a>';
  const text = `<html><head><title>${escape(productName)} Configuration Utility</title></head><body>${links}
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
function activeMarkup(name: string, device: Device, template: Template): string | null {
  const { writer, layout } = template;
  if (name === 'authorizationRows') {
    const rows = device.state.authorizationRows;
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
  const { state, spec } = device;
  const texts: Record<string, string> = {
    productName: device.layoutTraits().productName,
    serial: spec.serial,
    softwareVersion: state.load,
    hardware: spec.hardware,
    mac: device.mac,
    typeRow: state.typeRow,
    hostName: spec.name,
    address: device.address,
    currentTime: phoneDate(world.time.now()),
    upgradeStatus: state.upgradeStatus,
    callState: device.isBusy() ? 'Connected' : 'Idle',
    upgradeRule: state.upgradeRule,
    authorizationRule: state.authorizationRule,
  };
  for (const [index, reason] of state.rebootReasons.entries()) texts[`reboot${index + 1}`] = reason;
  for (const [index, row] of state.firmwareRows.entries()) texts[`firmware${index + 1}`] = row;
  return texts;
}
