import { effectiveRule } from './authorize.js';
import { type DeviceRequest, type Reply, html, phoneNotFound } from '../http.js';
import type { Device } from '../device.js';
import { passwordOf, USER } from '../sign-in/password.js';
import { applyProfile, readProfile } from './profile-xml.js';
import { afterSubmit, startUpgrade } from './upgrade.js';
import type { World } from '../world.js';

const XML_PATH = '/admin/config.xml';

/**
 * Whether a POST to that path carries a profile; credentials may follow an ampersand
 * (docs/knowledge/multiplatform-settings.md#a-profile-pushed-or-pulled).
 */
export function isXmlPath(path: string): boolean {
  return path === XML_PATH || path.startsWith(`${XML_PATH}&`);
}

/** Whether such a POST carries the right `xuser` and `xpassword`. */
export function hasWordsInPath(device: Device, path: string): boolean {
  const words = new URLSearchParams(path.slice(XML_PATH.length));
  return words.get('xuser') === USER && words.get('xpassword') === passwordOf(device);
}

/**
 * `/admin/upgrade?URL` and `/admin/resync?URL` (docs/knowledge/multiplatform-settings.md#direct-actions). The response says nothing about
 * what was done.
 */
export function directAction(device: Device, world: World, { path, query }: DeviceRequest): Reply {
  const { behavior, state } = device;
  noteNeed(device, `called ${path}, which acts on a GET`);
  if (behavior.directActions === 'off') return refusal(device, world);
  const url = effectiveRule(device, decoded(query.replace(/&xuser=.*$/, '')));
  if (url !== '') {
    state.directActions += 1;
    if (path === '/admin/upgrade') startUpgrade(device, world, url);
    else void resync(device, world, url);
  }
  return friendly(world);
}

/** `POST /admin/config.xml` with a profile. */
export function xmlPost(device: Device, world: World, body: string): Reply {
  noteNeed(device, `posted to ${XML_PATH}, although the form was not tried`);
  if (device.behavior.xmlPost === 'off') return phoneNotFound();
  const profile = readProfile(body);
  if (profile !== null) take(device, world, profile);
  return friendly(world);
}

/** A resync takes its profile in a call too; only what follows from it waits (docs/knowledge/multiplatform-settings.md#when-a-phone-acts). */
async function resync(device: Device, world: World, url: string): Promise<void> {
  const { status, body } = await world.fetchFile(device, url);
  const profile = status === 200 ? readProfile(body.toString('utf8')) : null;
  if (profile !== null) take(device, world, profile);
}

function take(device: Device, world: World, profile: ReadonlyMap<string, string>): void {
  if (!applyProfile(device, profile)) return;
  device.state.looks += 1;
  afterSubmit(device, world);
}

/** A direct way is only for a phone whose form does not work, known beforehand or found by trying. */
function noteNeed(device: Device, sentence: string): void {
  const { state, behavior } = device;
  if (behavior.ignoresForms || behavior.ignoresAllPosts) return;
  if (state.formPosts === 0) device.violate(sentence);
  else if (state.formWorked) device.violateStrictly('used a direct way although the form had worked');
}

function refusal(device: Device, world: World): Reply {
  return device.behavior.directActionAnswer === 'friendly' ? friendly(world) : phoneNotFound();
}

function friendly(world: World): Reply {
  return html(
    `<html><head><title>Action</title></head><body><p>${world.scenario.texts.submitAnswer}</p></body></html>`,
  );
}

/** A URL may come bare or encoded. */
function decoded(text: string): string {
  try {
    return /^[a-z]+:\/\//i.test(text) ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}
