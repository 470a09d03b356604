import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import type { PhoneReport, RunReport } from '../../../src/domain/report/report.js';
import { Cluster, UcmPhoneActor, type UcmManner } from './cluster.js';
import { type Bench, bench, models, type Setup, targets } from './fleet.js';

export const toMpp = loadMigrationProfile('enterprise-to-mpp', { models });

/** A run that moves phones through a Unified CM. */
export interface UcmScene {
  b: Bench;
  cluster: Cluster;
  phones: UcmPhoneActor[];
}

/** A run over phones that a Unified CM knows, whose labels an inventory gives. @param server their *Load Server* */
export function ucmScene(
  manners: readonly Partial<UcmManner>[],
  setup: Setup = {},
  server: string | null = null,
): UcmScene {
  const b = bench({ profile: toMpp, ...setup });
  const cluster = new Cluster(b.clock, b.network);
  const phones = manners.map((manner, index) => new UcmPhoneActor(cluster, index + 1, manner));
  const hints = Object.fromEntries(phones.map(({ address, mac }) => [address, { mac, model: '8841', vid: 'V05' }]));
  const addresses = phones.map(({ address }) => address);
  b.context.targets = setup.targets ?? targets(addresses, { hints, named: addresses });
  b.context.options = { ...b.context.options, ucmLoads: { server, urls: ['http://cucm1:6970'] } };
  b.context.ucm = cluster.atWork();
  return { b, cluster, phones };
}

/** The report of the only phone. */
export function only({ phones }: RunReport): PhoneReport {
  return phones[0] as PhoneReport;
}
