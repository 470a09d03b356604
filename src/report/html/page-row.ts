import type { Course } from '../../domain/report/story/course.js';
import type { Durations } from '../../domain/report/story/durations.js';

/** The columns of a page's table of phones, in their order. */
export const pageColumns = [
  'address',
  'mac',
  'model',
  'firmware',
  'authorization',
  'site',
  'verdict',
  'wave',
  'outcome',
  'reason',
] as const;

export type PageColumn = (typeof pageColumns)[number];

/** A phone as a page shows it: texts only, each of them printable. */
export interface PageRow {
  /** By what it is found again: its MAC, else its address. */
  key: string;
  cells: Record<PageColumn, string>;
  /** The code of its failure, where that is among the problems; `''`: it is not. */
  code: string;
  /** Whether it is, or may be, a phone: it is counted among the fleet. */
  isPhone: boolean;
  /** Whether somebody has to look at it. */
  isUrgent: boolean;
  /** What else is known of it, each with its name. */
  facts: [name: string, text: string][];
  /** What happened with it: when (ISO 8601), what, and in which words. */
  moments: [at: string, what: string, text: string][];
  /** Where there is more of it. Absent: nowhere. */
  more?: { href: string; text: string };
}

/** What the charts of a page show. */
export interface PageCharts {
  course: Course | null;
  durations: Durations | null;
  /** Whose clocks the times are of; absent: UTC. */
  zone?: string;
}
