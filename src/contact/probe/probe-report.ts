import type { Failure } from '../../domain/failures/failure.js';
import type { SettingName } from '../../domain/phone/facts.js';
import type { NearLabel } from '../../domain/phone/near-label.js';
import type { PortLook } from '../../transport/session/port-look.js';

/** A fact about the phone and where it was read. Values are the phone's own and not to be trusted in output. */
export interface ProbeFact {
  name: string;
  value: string | readonly string[] | null;
  /** The path of the page. */
  page: string;
  /** The label, tag or banner beside it, as the page spells it; `null` where the fact is concluded, or stands under no known name. */
  label: string | null;
}

/** One request and its response. */
export interface ProbeExchange {
  method: 'GET' | 'POST';
  url: string;
  status: number | null;
  /** Of the body. */
  bytes: number | null;
  contentType: string | null;
  tookMs: number;
  /** `with a password`, `asks to sign in by …`, `leads to …`, or why there was no response. */
  note: string | null;
}

/** One of the three settings with the control that holds it. */
export interface ProbeSetting {
  setting: SettingName;
  /** `null`: the page shows none. Secrets in it are hidden. */
  value: string | null;
  /** The label as the page spells it. */
  label: string | null;
  /** The name it is posted under; `null` where nothing may be posted. */
  control: string | null;
  /** Of a select. */
  options: readonly string[];
}

/** The form that holds the settings. */
export interface ProbeForm {
  page: string;
  action: string;
  method: string;
  encoding: string;
  /** Hidden fields that go along, by name; their values are never shown. */
  hidden: readonly { name: string; characters: number }[];
}

/** A write method in the order in which they would be tried. */
export interface ProbeMethod {
  method: string;
  /** `yes`: would be tried · `if-allowed`: only by a migration profile that lists it · `no`: this page does not allow it. */
  possible: 'yes' | 'if-allowed' | 'no';
  why: string;
}

/** What `probe` tells: `fleet-migrate/probe@1`. Within it fields are only added. */
export interface ProbeReport {
  schema: 'fleet-migrate/probe@1';
  version: string;
  /** ISO 8601: when the phone was read. */
  at: string;
  address: string;
  from: { kind: 'phone' | 'capture' | 'page'; file: string | null };
  result: 'phone' | 'unreadable' | 'not-a-phone' | 'no-answer';
  /** What it seems to be, where it is not a phone. */
  detail: string | null;
  failure: Failure | null;
  ports: readonly PortLook[];
  access: {
    scheme: string;
    port: number;
    protocol: string | null;
    certificateChecked: boolean;
    signedInBy: string | null;
  } | null;
  exchanges: readonly ProbeExchange[];
  family: { name: string; why: string } | null;
  /** Which page said what it is, and what read it. */
  page: { path: string; kind: string; reader: string; title: string | null } | null;
  facts: readonly ProbeFact[];
  settings: readonly ProbeSetting[];
  form: ProbeForm | null;
  crossCheck: { agreed: readonly string[]; disagreements: readonly string[] };
  writeMethods: readonly ProbeMethod[];
  /** What is missing for a write; empty where nothing is. */
  missing: readonly string[];
  /** Of pages that were not understood: the labels on them that are known. */
  knownLabels: readonly { field: string; label: string; page: string }[];
  didYouMean: readonly (NearLabel & { page: string })[];
  /** Of a capture or a saved page: what a reader asked for and the file does not hold. */
  notInFile: readonly string[];
}
