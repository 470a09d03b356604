import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import fc from 'fast-check';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { LicensesPage } from '../../../src/dashboard/pages/licenses.js';
import { LiveRunPage } from '../../../src/dashboard/pages/live-run.js';
import { PhonePage } from '../../../src/dashboard/pages/phone.js';
import { PhonesPage } from '../../../src/dashboard/pages/phones.js';
import { ReportPage } from '../../../src/dashboard/pages/report.js';
import { RunsPage } from '../../../src/dashboard/pages/runs.js';
import { SitesPage } from '../../../src/dashboard/pages/sites.js';
import { TransfersPage } from '../../../src/dashboard/pages/transfers.js';
import { phonesByReport } from '../../../src/domain/report/story/story.js';
import type { LicensePlan } from '../../../src/domain/licenses/plan.js';
import type { Mac } from '../../../src/domain/network/mac.js';
import type { HeldLicense, KnownPhone } from '../../../src/store/store-rows.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';
import { anyText } from '../../support/any-text.js';

/** Every page, with a stranger's text wherever a phone or a stored row could put one. */
function pagesWith(text: string): JSX.Element[] {
  const phone = samplePhone({
    ...{ address: text, model: text, productId: text, serial: text, softwareVersion: text, note: text, site: text },
    ...{ transitionAuthorizationType: text, hardwareVersion: text, vid: text, outcome: 'failed' },
    failure: { code: text, message: text, hint: text },
    evidence: [{ at: text, kind: text, text }],
  });
  const report = sampleReport([phone], { run: { id: text, profile: text, interrupted: text } });
  const at = Date.UTC(2026, 0, 31);
  const run = {
    ...{ id: text, profile: text, dryRun: false, phase: 'migrate' as const, startedAt: at, workedMs: 1, now: at + 1 },
    ...{
      survey: { targets: 1, probed: 1, found: 1, earlier: null },
      phones: [],
      goesOn: true,
      pausedSince: null,
      stopping: false,
      left: null,
    },
  };
  const now = { key: text, address: text, mac: text, model: text, wave: 0, writtenAt: at, endedAt: null };
  const standing = {
    ...{ run, byOutcome: {}, problems: [{ address: text, mac: text, at, code: text, message: text }] },
    longest: [{ phone: { ...now, state: 'upgrading' as const }, says: text }],
  };
  const end = { interrupted: text, abortedBy: text, declined: false };
  const known = { ...phone, mac: 'm', lastSeenAt: text, firstSeenAt: text } as unknown as KnownPhone;
  const entry = {
    ...{ id: text, startedAt: text, finishedAt: null, profile: text, dryRun: false, workedMs: null, pausedSince: null },
    ...end,
  };
  const transfer = {
    ...{ id: text, startedAt: text, endedAt: null, client: text, protocol: 'http' as const, kind: 'other' as const },
    ...{ file: text, mac: null, size: 1, bytes: 0, state: 'refused' as const, why: text },
  };
  const license: HeldLicense = {
    ...{ mac: 'm' as Mac, direction: 'e2m', file: text, sha256: text, bytes: 1, source: text, importedAt: text },
  };
  const night = {
    ...{ run: text, startedAt: text, profile: text, address: text, state: 'upgrading' as const, goesOn: true, phone },
    ...{ moments: [{ at: text, what: text, text }], isWhole: false, wave: 1 },
  };
  const plan: LicensePlan = {
    ...{ schema: 'fleet-migrate/licenses@1', direction: 'e2m', from: { inventories: [text] }, orders: [], phones: [] },
    missing: [{ address: text, mac: null, missing: ['vid'], unread: text }],
    left: { otherFamily: 0, neverMove: [{ address: text, mac: null, reason: text }] },
    ...{ notNeeded: 0, untold: 0, familyUnknown: 0, unidentified: 0, notAmong: 0 },
  };
  return [
    ReportPage({ story: { report, phones: phonesByReport(report), changes: null }, next: {} }),
    PhonePage({
      mac: text,
      history: {
        changes: [{ at: text, field: 'model', run: text, before: text, after: text }],
        runs: [night, { ...night, phone: null, goesOn: false, isWhole: true }],
      },
    }),
    PhonesPage({
      phones: [{ ...known, last: { run: text, verdict: null, outcome: 'failed', code: text, state: null } }],
      cutOff: new Set(),
    }),
    LiveRunPage({
      told: { state: 'running', end, standing, toldAt: at },
      controls: { writes: true, asked: { wish: 'stop', at: text, by: text } },
    }),
    RunsPage({ runs: [{ ...entry, state: text, totals: { targets: 1, byOutcome: {} } }] }),
    SitesPage({ report }),
    LicensesPage({ held: [license], plans: [plan], where: ['--db', text] }),
    TransfersPage({ transfers: [transfer] }),
  ];
}

/** The elements of a page, and which attributes each has. */
function shapeOf(page: JSX.Element): string[] {
  const $ = load(render(page), null, false);
  return $('*')
    .toArray()
    .map((element) => ('attribs' in element ? `${element.tagName} ${Object.keys(element.attribs).join(' ')}` : ''));
}

describe('what phones call themselves', () => {
  it('is text on every page: it brings no element and no attribute', () => {
    const usual = pagesWith('x').map(shapeOf);
    const mean = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onclick='alert(1)", '</title><b>'];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...mean), anyText()), (text) => {
        fc.pre(text.trim() !== '');
        expect(pagesWith(text).map(shapeOf)).toEqual(usual);
      }),
      { numRuns: 60 },
    );
  });
});
