import type { PlacedField } from '../../markup/page-parts.js';
import { MASK } from '../../markup/layout.js';
import { unauthorized } from '../sign-in/access.js';
import { adminPage, currentValue } from '../pages/admin-page.js';
import type { Device } from '../device.js';
import { refusedToken } from '../sign-in/tokens.js';
import { html, redirect, type Reply } from '../http.js';
import type { World } from '../world.js';
import { afterSubmit } from './upgrade.js';

/** The same for the log: by name, and for the fields of Firmware Upgrade by label too. Passwords are hidden. */
export function labelled(posted: ReadonlyMap<string, string>, device: Device): Record<string, string> {
  const shown = (name: string, value: string): string => (isSecret(name) && value !== '' ? '(hidden)' : value);
  const fields = Object.fromEntries([...posted].map(([name, value]) => [name, shown(name, value)]));
  if (!device.hasAdminPages) return fields;
  for (const field of device.fields()) {
    const value = posted.get(field.name);
    if (value !== undefined && field.key.startsWith('Provisioning/Firmware Upgrade/')) fields[field.label] = value;
  }
  return fields;
}

/**
 * A POST to the admin form. Notes every broken rule, applies the fields as a phone would, and lets what follows
 * (authorization, upgrade) begin. The response is set by a flag and says nothing about what was done.
 */
export function submit(
  device: Device,
  world: World,
  received: ReadonlyMap<string, string>,
  referer: string | null,
): Reply {
  const { state, behavior } = device;
  if (renamesFields(device)) return answerToSubmit(device, world);
  const { fields, hidden, tokenName } = world.templates.layout(device.layoutTraits());
  const refused = refusedToken(device, received.get(tokenName ?? ''));
  if (refused !== null) return refused;
  state.formPosts += 1;
  const posted = new Map([...received].filter(([name]) => name !== tokenName));
  const byName = new Map(fields.map((field) => [field.name, field]));
  const ordinary = hidden.map((input) => input.name).filter((name) => name !== tokenName);
  const hiddenNames = new Set(ordinary);
  // A form that scripts fill in has only its hidden inputs: they are the whole form.
  const missing =
    device.spec.dialect === 'json'
      ? []
      : fields.filter((field) => field.type !== 'password' && !posted.has(field.name));
  const whole = missing.length === 0 && ordinary.every((name) => posted.has(name));

  for (const name of posted.keys()) {
    if (!byName.has(name) && !hiddenNames.has(name)) device.violate(`posted the unknown field ${name}`);
  }
  const beyond = [...posted.keys()].filter((name) => byName.get(name)?.active === null || hiddenNames.has(name));
  if (beyond.length > 0 && !whole) {
    device.violate(
      `posted ${beyond.length} fields beyond the three, but not the whole form (${missing.length} missing)`,
    );
  }
  if (state.phase !== 'idle') device.violate('posted while an upgrade was going on');

  const deaf = behavior.ignoresAllPosts || behavior.ignoresForms;
  const applies = !deaf && (whole || !behavior.ignoresPartialPost);
  const apply = (now: boolean): number =>
    [...posted].reduce((sum, [name, value]) => {
      const field = byName.get(name);
      return field === undefined ? sum : sum + applyField(device, field, value, now);
    }, 0);
  const late = applies && behavior.appliesAfter > 0;
  const changed = apply(applies && !late);
  if (changed === 0 && posted.size > 0) device.violate('posted what the phone already has');
  const sent = JSON.stringify([
    whole,
    // A phone may check it: with another Referer the same values are another request.
    referer,
    ...fields.filter((field) => field.active !== null).map(({ name }) => [name, posted.get(name)]),
  ]);
  if (sent === state.lastPost) device.violate('posted the same values twice in a row');
  state.lastPost = sent;
  state.formWorked = applies && changed > 0;
  const takeUp = (): void => {
    state.postsApplied += 1;
    state.looks += 1;
    afterSubmit(device, world);
  };
  if (late)
    void world.time.sleep(behavior.appliesAfter).then(() => {
      if (apply(true) > 0) takeUp();
    });
  else if (applies) takeUp();
  return answerToSubmit(device, world);
}

/** Gives the fields new names just before the first post, where a flag says so: that post then names nothing. */
function renamesFields({ behavior, state }: Device): boolean {
  if (behavior.changesBetween !== 'names-once' || state.namesSeed > 0) return false;
  state.namesSeed += 1;
  return true;
}

/** Applies one field and returns how many values it changed: 0 or 1. */
function applyField(device: Device, field: PlacedField, value: string, applies: boolean): number {
  const { state } = device;
  if (field.type === 'password') {
    if (value !== '' && value !== MASK) return 1;
    device.violate(`posted a ${value === '' ? 'blank' : 'masked'} password`);
    if (applies) state.passwordWiped = true;
    return 1;
  }
  if (field.posted.length > 0 && !field.posted.includes(value)) {
    device.violate(`posted ${JSON.stringify(value)} for ${field.label}, which the page does not offer`);
    return 0;
  }
  if (value === currentValue(field, device)) return 0;
  if (field.active === null) device.violate(`changed ${field.label}, which is none of the three fields`);
  if (!applies) return 1;
  if (field.active === null) state.changed.set(field.key, value);
  else if (field.active === 'authorizationType')
    state.authorizationType = field.choices[field.posted.indexOf(value)] ?? '';
  else state[field.active] = value;
  return 1;
}

function answerToSubmit(device: Device, world: World): Reply {
  const { behavior } = device;
  const kind = behavior.dropsAfterSubmit ? 'drop' : behavior.answerToSubmit;
  switch (kind) {
    case 'drop':
      return { ...html(''), drop: true };
    case 'empty':
      return html('');
    case 'redirect':
      return redirect(302, '/admin/advanced');
    case 'page':
      return adminPage(device, world);
    case 'unauthorized':
      return unauthorized(device, world);
    case 'friendly-text':
      return html(
        `<html><head><title>Submit</title></head><body><p>${world.scenario.texts.submitAnswer}</p></body></html>`,
      );
  }
}

/** Names of password inputs begin with a P, those of login forms say so (docs/knowledge/multiplatform-pages.md#spa5xx). */
function isSecret(name: string): boolean {
  return /^P\d+$/.test(name) || /pass|pwd|word/i.test(name);
}
