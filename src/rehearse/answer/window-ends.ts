import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { RehearsedNight, WindowEnd } from '../../domain/rehearsal/rehearsal.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import type { Pacing } from '../../fleet/pacing/pacing.js';
import type { Window } from '../../fleet/pacing/window/window.js';
import type { PlayedNight } from '../night/play-night.js';

const tooLate: FailureCodeName = 'outside-window';

/** What a night makes of the window of its run, and of those of sites that have their own. */
export function windowEnds(
  { report: { run }, phones, places }: PlayedNight,
  { window, sites }: Pick<Pacing, 'window' | 'sites'>,
): Pick<RehearsedNight, 'window' | 'siteWindows'> {
  const own = new Map<string, { hours: Window; phones: PhoneStory[] }>();
  const others: PhoneStory[] = [];
  for (const story of phones) {
    const site = places.get(story.phone.address) ?? '';
    const hours = sites.get(site)?.window ?? null;
    const those = own.get(site);
    if (hours === null) others.push(story);
    else if (those) those.phones.push(story);
    else own.set(site, { hours, phones: [story] });
  }
  const endOf = (hours: Window, its: readonly PhoneStory[], whole: boolean): WindowEnd | null => {
    const last = its.reduce((latest, { endedAt }) => (endedAt !== null && endedAt > latest ? endedAt : latest), '');
    return windowEnd(hours, its, run.startedAt, whole || last === '' ? run.finishedAt : last);
  };
  return {
    window: window === null || (others.length === 0 && own.size > 0) ? null : endOf(window, others, own.size === 0),
    siteWindows: [...own].flatMap(([site, { hours, phones: its }]) => {
      const end = endOf(hours, its, false);
      return end === null ? [] : [{ site, ...end }];
    }),
  };
}

/** `null`: one that never closes leaves no end to be told. */
function windowEnd(hours: Window, phones: readonly PhoneStory[], startsAt: string, endsAt: string): WindowEnd | null {
  const opens = hours.opensAt(Date.parse(startsAt));
  let closes = hours.closesAt(opens);
  // Of several windows that which was open last.
  while (Number.isFinite(closes) && hours.opensAt(closes) <= Date.parse(endsAt))
    closes = hours.closesAt(hours.opensAt(closes));
  if (!Number.isFinite(closes)) return null;
  const { text, zone } = hours;
  // One that was not open for a phone of it has nothing left of this night.
  const isMissed = opens > Date.parse(startsAt) && phones.every(({ writtenAt }) => writtenAt === null);
  const leftMs = isMissed ? null : closes - Date.parse(endsAt);
  const left = phones.filter(({ phone }) => phone.failure?.code === tooLate).length;
  return { text, zone, closesAt: new Date(closes).toISOString(), endsAt, leftMs, left };
}
