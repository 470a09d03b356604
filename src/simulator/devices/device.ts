import type { Socket } from 'node:net';
import type { Behavior } from '../behavior/behavior.js';
import { parseLoad } from '../firmware.js';
import { hostileText } from '../hostile-text.js';
import type { PlacedField } from '../markup/page-parts.js';
import { hasTypeRow } from '../markup/layout-info.js';
import { type LayoutTraits, takesTransition } from '../markup/layout.js';
import { writerOf, type TemplateCache } from '../markup/template.js';
import { type Model, modelBefore, MODELS } from '../models.js';
import { type Random, hashText, mulberry32 } from '../random.js';
import { type CurrentKind, type PhoneSpec, kindOf, type Scenario } from '../scenario/scenario.js';
import type { PhoneSnapshot, RequestLogEntry, SimulatedPhone } from '../types.js';
import { type DeviceState, initialState } from './state.js';
import type { SimulatedTime } from '../clock.js';

/** The parts of its surroundings that a device itself uses: nothing that knows other devices. */
export interface Surroundings {
  readonly time: SimulatedTime;
  readonly scenario: Scenario;
  readonly templates: TemplateCache;
  /** Holds clients to the rules of strict mode. */
  readonly strict: boolean;
}

const NO_MODEL: Model = {
  model: '',
  loadFamily: '',
  lines: 2,
  attendant: false,
  vids: [],
  enterprise: false,
};

/** One connection to a device. */
export interface Connection {
  port: 'http' | 'https';
  /** The client's port: tells its requests from others. */
  remotePort: number | undefined;
  /** Whether it has carried a request. */
  carried: boolean;
}

/** One device on the simulated network: its identity, its state, and the requests it received. */
export class Device implements SimulatedPhone {
  address: string;
  readonly mac: string;
  readonly spec: PhoneSpec;
  readonly state: DeviceState;
  readonly violations: string[] = [];
  readonly requests: RequestLogEntry[] = [];
  /** Open connections, below any TLS, and what is known of each. */
  readonly sockets = new Map<Socket, Connection>();
  /** The phone that takes turns with this one at its address. */
  twin: Device | null = null;
  /** Requests that have not been answered yet. */
  inFlight = 0;
  /** Its own random numbers, so that one phone never changes another's jitter. */
  readonly random: Random;
  readonly #world: Surroundings;

  constructor(spec: PhoneSpec, world: Surroundings) {
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

  /** Facts of its model; for a non-phone a placeholder with two lines. */
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
    if (this.spec.ucm?.expressway === true) return false;
    if (this.kind === 'transition' && this.behavior.transitionPage === 'off') return false;
    if (phase === 'rebooting' || phase === 'gone' || !webOn || this.behavior.web === 'off') return false;
    if (this.behavior.web === 'tls-on-http') return port === 'http';
    if (this.behavior.web === 'plain-on-https') return port === 'https';
    const { scheme } = this.behavior;
    return scheme === 'both' || scheme === 'redirect' || scheme === port;
  }

  /** Whether the phone is in a call. */
  isBusy(): boolean {
    const { busy } = this.behavior;
    return busy === 'forever' || this.#world.time.elapsed() < busy;
  }

  /** What its admin page depends on. */
  layoutTraits(): LayoutTraits {
    const { productEnding } = this.behavior;
    const productName =
      this.spec.kind === 'phone'
        ? `CP-${modelBefore(productEnding, this.spec.model)}${productEnding}`
        : this.spec.model;
    const { transitionPage, ruleLabel, typeLabel, selectPosts, formToken, passwordsShown, oddForm } = this.behavior;
    const { tagCase, attributeQuotes, endTags, entityLabels, labelColons, labelDecoration } = this.behavior;
    return {
      model: this.traits,
      load: this.state.load,
      productName,
      transitionPage,
      ruleLabel,
      typeLabel,
      selectPosts,
      formToken,
      passwordsShown,
      oddForm,
      titleEnd: titleEnd(this.behavior),
      namesSeed: this.state.namesSeed === 0 ? '' : ` ${this.mac} ${this.state.namesSeed}`,
      style: { tagCase, attributeQuotes, endTags, entityLabels, labelColons, labelDecoration },
    };
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

  /** The same for a rule that only strict mode enforces. */
  violateStrictly(text: string): void {
    if (this.#world.strict) this.violate(text);
  }

  /** Resets every open connection, as a reboot does. */
  cutConnections(): void {
    for (const socket of this.sockets.keys()) socket.resetAndDestroy();
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
      authorizationRule: takesTransition(this.traits, load) ? state.authorizationRule : '',
      authorizationType: state.authorizationType,
      transitionAuthorizationType: hasTypeRow(this.traits, load) ? state.typeRow : null,
      upgradeStatus: state.upgradeStatus,
      firmwareRows: [...state.firmwareRows],
      authorizationRows: [...state.authorizationRows],
      upgrades: state.upgrades,
      reboots: state.reboots,
      passwordWiped: state.passwordWiped,
      passwordSet: state.newPassword !== null,
      failedSignIns: state.failedSignIns,
      lockedOut: state.lockedOut,
      logins: state.logins,
      directActions: state.directActions,
      posts: state.posts,
      postsApplied: state.postsApplied,
    };
  }
}

/** What follows the title of a hostile device's pages. */
function titleEnd(behavior: Readonly<Behavior>): string {
  const text = hostileText(behavior.hostileText, 'title');
  return text === '' ? '' : ` ${text}`;
}
