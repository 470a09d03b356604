// What a phone's conversion tells the run's memory, taken from a run against the simulator: the same events in the same order.
export const load = 'sip88xx.14-2-1-0101-26';
const rules = {
  upgradeRule: `http://10.0.0.5:6970/${load}.loads`,
  authorizationRule: 'http://10.0.0.5:6970/$MAU_M2E.lic',
  authorizationType: 'Classic',
};

const authorizationTypesOffered = ['Classic', 'WxC'];

export function factsOf(number, settings) {
  return {
    family: 'multiplatform',
    model: '8841',
    mac: `00CCFC${number.toString(16).toUpperCase().padStart(6, '0')}`,
    productId: 'CP-8841-3PCC',
    vid: 'V05',
    serial: `FCH22${String(number).padStart(6, '0')}`,
    softwareVersion: 'sip88xx.12-0-3MPP0001-87',
    hardwareVersion: 'V01',
    transitionAuthorizationType: '',
    upgradeStatus: '',
    firmwareUpgradeRows: [],
    authorizationRows: [],
    busy: false,
    settings,
    settingsProblem: null,
    readFrom: '/admin/advanced',
  };
}

/** The survey of one phone: read, judged, planned. */
export function survey(number, record) {
  record.advance('phone-there');
  record.facts = factsOf(number, {
    upgradeRule: '',
    authorizationRule: '',
    authorizationType: 'Classic',
    authorizationTypesOffered,
  });
  record.advance('judged');
  record.eligibility = {
    direction: 'm2e',
    verdict: 'eligible',
    reasons: [
      { rule: 'G2', text: '8841 V05 may move (any).' },
      { rule: 'G5', text: 'Its firmware 12.0(3) is new enough.' },
    ],
    warnings: [],
  };
  const step = { step: 'convert', load, set: rules };
  record.plan = [step];
  record.advance('plan-accepted');
}

/** One phone's conversion: claimed with its wave, written to when it is its turn, polled until it is done some four minutes later. */
export async function runPlan(number, record, memory, clock, startAt) {
  await memory.claim(record.mac);
  await clock.sleep(startAt);
  const [step] = record.plan;
  const changes = ['upgradeRule', 'authorizationRule'].map((field) => ({ field, from: '', to: rules[field] }));
  const written = {
    ...{ step, baseline: record.facts, authorizationUrl: rules.authorizationRule, changes, unread: true },
    ...{ writtenAt: clock.now(), seenOnLoad: false, seenUpgrading: false, tried: [], more: false },
  };
  await memory.intend(record, written, changes);
  record.underWay = written;
  record.emit('intent', { step: 'convert', changes });
  record.advance('intent-recorded');
  await clock.sleep(2_000);
  written.unread = false;
  record.changes = changes;
  record.note('written', 'partial form: answered 200, read back as sent');
  record.advance('request-left');
  await clock.sleep(15_000);
  record.facts = factsOf(number, { ...rules, authorizationTypesOffered });
  record.note('upgrade-status', 'Upgrade in progress');
  record.advance('seen-upgrading');
  await clock.sleep(60_000);
  record.advance('went-silent');
  await clock.sleep(120_000);
  record.facts = { ...factsOf(number, null), family: 'enterprise', productId: 'CP-8841', softwareVersion: load };
  record.note('phone-on-load', `answers as enterprise with ${load}`);
  record.advance('seen-on-load');
  written.seenOnLoad = true;
  await clock.sleep(15_000);
  memory.stepDuration({ mac: record.mac, step: 'convert', model: '8841', load, ms: clock.now() - written.writtenAt });
  record.underWay = null;
  record.advance('all-proven');
  memory.forget(record.mac);
  memory.release(record.mac);
}
