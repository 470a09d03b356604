import type { Socket } from 'node:net';
import type { Behavior } from '../behavior.js';
import { parseLoad } from '../firmware.js';
import type { PlacedField } from '../markup/layout.js';
import { hasTypeRow } from '../markup/layout-info.js';
import { hasTransitionFields } from '../markup/layout.js';
import type { LayoutTraits } from '../markup/layout.js';
import { writerOf } from '../markup/template.js';
import type { Model } from '../models.js';
import { MODELS } from '../models.js';
import type { Random } from '../random.js';
import { hashText, mulberry32 } from '../random.js';
import type { CurrentKind, PhoneSpec } from '../scenario.js';
import { kindOf } from '../scenario.js';
import type { Phase, PhoneSnapshot, RequestLogEntry, SimulatedPhone } from '../types.js';
import type { World } from './world.js';

/** What changes in the life of a device. */
export interface DeviceState {
  load: string;
  phase: Phase;
  /** Whether the web server answers while the phone is up. */
  webOn: boolean;
  upgradeRule: string;
  authorizationRule: string;
  authorizationType: string;
  /** The rules as last evaluated, macros expanded: an unchanged one is not looked at again. */
  evaluatedUpgrade: string;
  evaluatedAuthorization: string;
  /** Product Information's row. */
  typeRow: string;
  upgradeStatus: string;
  firmwareRows: string[];
  authorizationRows: string[];
  rebootReasons: string[];
  /** Other fields of the form that were changed, by key. */
  changed: Map<string, string>;
  passwordWiped: boolean;
  /** Challenges given so far. */
  challenges: number;
  /** The highest count that each of the newest nonces came back with. */
  nonces: Map<string, number>;
  failedSignIns: number;
  upgrades: number;
  reboots: number;
  posts: number;
  postsApplied: number;
  /** The three fields of the last post, and whether it was the whole form. */
  lastPost: string;
  /** Whether the admin page was read, for the identity swap. */
  adminRead: boolean;
}

const NO_MODEL: Model = {
  model: '',
  loadFamily: '',
  lines: 2,
  attendant: false,
  vids: [],
  enterprise: false,
  audio8800: false,
};

/** One device on the simulated network: who it is, what state it is in, and what was asked of it. */
export class Device implements SimulatedPhone {
  address: string;
  readonly mac: string;
  readonly spec: PhoneSpec;
  readonly state: DeviceState;
  readonly violations: string[] = [];
  readonly requests: RequestLogEntry[] = [];
  /** Open connections, below any TLS. */
  readonly sockets = new Set<Socket>();
  /** The phone that takes turns with this one at its address. */
  twin: Device | null = null;
  /** Requests that have not been answered yet. */
  inFlight = 0;
  /** Its own dice, so that what one phone does never changes another's jitter. */
  readonly random: Random;
  readonly #world: World;

  constructor(spec: PhoneSpec, world: World) {
    this.spec = spec;
    this.address = spec.address;
    this.mac = spec.mac;
    this.#world = world;
    this.random = mulberry32(hashText(`${world.scenario.seed} ${spec.mac}`));
    this.state = initialState(spec);
  }

  get model(): string {
    return this.spec.model;
  }

  get name(): string {
    return this.spec.name;
  }

  get kind(): CurrentKind {
    return kindOf(this.spec, this.state.load);
  }

  get behavior(): Readonly<Behavior> {
    return this.spec.behavior;
  }

  /** What is known of its model; for a non-phone a model with two lines and nothing else. */
  get traits(): Model {
    return MODELS.get(this.spec.model) ?? NO_MODEL;
  }

  /** Whether it has MPP-style admin pages. */
  get hasAdminPages(): boolean {
    return this.kind === 'multiplatform' || this.kind === 'transition' || this.kind === 'spa-phone';
  }

  /** Whether a connection to that port is accepted now. */
  answersOn(port: 'http' | 'https'): boolean {
    const { phase, webOn } = this.state;
    if (phase === 'rebooting' || phase === 'gone' || !webOn || this.behavior.web === 'off') return false;
    if (this.behavior.web === 'tls-on-http') return port === 'http';
    if (this.behavior.web === 'plain-on-https') return port === 'https';
    const { scheme } = this.behavior;
    return scheme === 'both' || scheme === 'redirect' || scheme === port;
  }

  /** Whether a call is going on. */
  isBusy(): boolean {
    const { busy } = this.behavior;
    return busy === 'forever' || this.#world.time.elapsed() < busy;
  }

  /** What its admin page depends on. */
  layoutTraits(): LayoutTraits {
    const productName = this.spec.kind === 'phone' ? `CP-${this.spec.model}-3PCC` : this.spec.model;
    const { ruleLabel, typeLabel, selectPosts } = this.behavior;
    return { model: this.traits, load: this.state.load, productName, ruleLabel, typeLabel, selectPosts };
  }

  fields(): PlacedField[] {
    return this.#world.templates.layout(this.layoutTraits()).fields;
  }

  fieldName(label: string): string | null {
    if (!this.hasAdminPages) return null;
    const inSection = this.fields().filter((field) => field.key.startsWith('Provisioning/Firmware Upgrade/'));
    return inSection.find((field) => field.label === label)?.name ?? null;
  }

  formPath(): string {
    return `/admin/${writerOf(this.spec.dialect).action.replace(/^\/admin\//, '')}`;
  }

  /** Notes a rule that the client broke, once per wording. */
  violate(text: string): void {
    if (!this.violations.includes(text)) this.violations.push(text);
  }

  /** Resets every open connection, as a reboot does. */
  cutConnections(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  snapshot(): PhoneSnapshot {
    const { state } = this;
    const load = parseLoad(state.load);
    return {
      address: this.address,
      mac: this.mac,
      model: this.model,
      kind: this.kind,
      load: state.load,
      phase: state.phase,
      online: this.answersOn('http') || this.answersOn('https'),
      upgradeRule: state.upgradeRule,
      authorizationRule: hasTransitionFields(this.traits, load) ? state.authorizationRule : '',
      authorizationType: state.authorizationType,
      transitionAuthorizationType: hasTypeRow(this.traits, load) ? state.typeRow : null,
      upgradeStatus: state.upgradeStatus,
      firmwareRows: [...state.firmwareRows],
      authorizationRows: [...state.authorizationRows],
      upgrades: state.upgrades,
      reboots: state.reboots,
      passwordWiped: state.passwordWiped,
      failedSignIns: state.failedSignIns,
      posts: state.posts,
      postsApplied: state.postsApplied,
    };
  }
}

function initialState(spec: PhoneSpec): DeviceState {
  return {
    load: spec.load,
    phase: 'idle',
    webOn: true,
    upgradeRule: '',
    authorizationRule: '',
    authorizationType: 'Classic',
    evaluatedUpgrade: '',
    evaluatedAuthorization: '',
    typeRow: spec.behavior.returnsWithoutLicense,
    upgradeStatus: '',
    firmwareRows: [],
    authorizationRows: [],
    rebootReasons: [],
    changed: new Map(),
    passwordWiped: false,
    challenges: 0,
    nonces: new Map(),
    failedSignIns: 0,
    upgrades: 0,
    reboots: 0,
    posts: 0,
    postsApplied: 0,
    lastPost: '',
    adminRead: false,
  };
}
