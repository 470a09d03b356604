import type {
  Advice,
  Range,
  Rehearsal,
  RehearsedNight,
  RehearsedSpread,
  WindowEnd,
} from '../../domain/rehearsal/rehearsal.js';
import { safeJson } from '../../domain/text/printable.js';
import { inOrder, type Keys } from '../formats/in-order.js';

const keys: Keys<Rehearsal> = {
  ...{
    schema: true,
    id: true,
    madeAt: true,
    version: true,
    profile: true,
    of: true,
    phones: true,
    fromList: true,
    unread: true,
  },
  ...{ seed: true, zone: true, assumed: true, timesFrom: true, size: true, nights: true, licenses: true },
  ...{ spread: true, advice: true },
};

const adviceKeys: Keys<Advice> = { option: true, endsAt: true, outsideWindow: true, windowLeftMs: true, fits: true };

const nightKeys: Keys<RehearsedNight> = {
  ...{ night: true, startsAt: true, endsAt: true, window: true, siteWindows: true, targets: true },
  ...{ byOutcome: true, failures: true, moved: true, movedTonight: true, left: true, tooSlow: true },
  ...{ waves: true, stopped: true, mostAtOnce: true, files: true },
};

const windowKeys: Keys<WindowEnd> = { text: true, zone: true, closesAt: true, endsAt: true, leftMs: true, left: true };

/** A rehearsal as JSON, schema `fleet-migrate/rehearsal@1`: fixed key order, two blanks of indent. */
export function renderRehearsalJson(rehearsal: Rehearsal): string {
  const { of, assumed, size, nights, licenses, spread, advice } = rehearsal;
  const document: Rehearsal = {
    ...rehearsal,
    of: of && inOrder(of, { run: true, at: true }),
    assumed: assumed.map((one) => inOrder(one, { name: true, text: true, isUsual: true })),
    size: inOrder(size, { bytes: true, from: true }),
    nights: nights.map(orderedNight),
    ...(licenses && {
      licenses: {
        ...inOrder(licenses, { needed: true, held: true, missing: true }),
        missing: licenses.missing.map((one) => inOrder(one, { address: true, mac: true, model: true })),
      },
    }),
    ...(spread && { spread: orderedSpread(spread) }),
    advice: advice.map((one) => inOrder(one, adviceKeys)),
  };
  return `${safeJson(inOrder(document, keys), 2)}\n`;
}

function orderedNight(night: RehearsedNight): RehearsedNight {
  const { window, siteWindows, waves, stopped, mostAtOnce, files } = night;
  return inOrder(
    {
      ...night,
      window: window && inOrder(window, windowKeys),
      siteWindows: siteWindows.map((one) => inOrder(one, { site: true, ...windowKeys })),
      waves: waves.map((one) =>
        inOrder(one, { wave: true, phones: true, byOutcome: true, firstWriteAt: true, lastEndAt: true }),
      ),
      stopped: stopped && inOrder(stopped, { text: true, written: true, notProven: true }),
      mostAtOnce: mostAtOnce.map((one) => inOrder(one, { place: true, phones: true, at: true })),
      files: files.map((one) =>
        inOrder(one, {
          ...{ server: true, phones: true, bytes: true },
          ...{ peakBitsPerSecond: true, peakAt: true, linkBitsPerSecond: true, timesSlower: true },
        }),
      ),
    },
    nightKeys,
  );
}

function orderedSpread(spread: RehearsedSpread): RehearsedSpread {
  const range = <Value>(one: Range<Value>): Range<Value> => inOrder(one, { least: true, middle: true, most: true });
  const { endsAt, moved, left, nights } = spread;
  return inOrder(
    { ...spread, endsAt: range(endsAt), moved: range(moved), left: range(left), nights: range(nights) },
    { times: true, endsAt: true, moved: true, left: true, stopped: true, nights: true },
  );
}
