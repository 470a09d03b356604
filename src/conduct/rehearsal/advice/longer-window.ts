import { parseWindow, type Window } from '../../../fleet/pacing/window/window.js';
import type { Pace, ReckonedNight } from './reckoned-night.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** Windows close at such minutes. */
const roundMinutes = 5;

/** One window: days if any, and from when until when. */
const oneWindow = /^([^\d:]*\s)?\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/;

/**
 * The window of a run with as much time as a night needs at its pace; `null`: it would be a day and more, or there is not one window alone for all.
 * @param spareMinutes on top of what is reckoned
 */
export function longerWindow(night: ReckonedNight, pace: Pace, spareMinutes: number): Window | null {
  const { window, sites } = pace.pacing;
  if (window === null || [...night.places].some((place) => sites.get(place)?.window)) return null;
  const [, days = '', opens = '', closes = ''] = oneWindow.exec(window.text) ?? [];
  if (opens === '') return null;
  const moreMs = night.endless(pace).lastWriteMs - night.at(pace).lastWriteMs;
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  const until = (to > from ? to : to + dayMinutes) + Math.max(1, moreMs / minuteMs) + spareMinutes;
  const closesAt = Math.ceil(until / roundMinutes) * roundMinutes;
  if (closesAt - from >= dayMinutes) return null;
  return parseWindow(`${days.trim()} ${opens}-${timeOf(closesAt % dayMinutes)}`.trim(), window.zone);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function timeOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
