import nock from 'nock';
import { systemClock } from '../../src/conduct/system-clock.js';
import { createPreflight, type Preflight } from '../../src/files/preflight.js';
import { loadsBytes } from './support.js';

export const LOAD = 'sip88xx.14-2-1-0101-26';
export const SERVER = 'http://files.example.com:6970';
export const URL_OF_LOAD = `${SERVER}/${LOAD}.loads`;

export const preflight = (): Preflight => createPreflight({ fetch, timeoutMs: 1_000, clock: systemClock });

/** Serves the load once. */
export const serveLoads = (parts = {}): nock.Scope =>
  nock(SERVER)
    .get(`/${LOAD}.loads`)
    .reply(200, Buffer.from(loadsBytes(parts)));

/** Serves each image once, of 9 bytes. */
export const serveImages = (...names: string[]): void =>
  names.forEach((name) => nock(SERVER).head(`/${name}`).reply(200, '', { 'content-length': '9' }));
