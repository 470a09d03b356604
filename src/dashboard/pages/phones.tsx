import type { JSX } from 'preact';
import { isTouched } from '../../domain/progress/state.js';
import { usuallyNeedsAttention } from '../../domain/progress/outcome.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { printable } from '../../domain/text/printable.js';
import type { PageRow } from '../../report/html/page-row.js';
import { PhonesPlace } from '../../report/html/parts/phones.js';
import { RowsData } from '../../report/html/story.js';
import { utcMinute } from '../../report/plain-text.js';
import { valueText } from '../../report/runs/groups.js';
import type { KnownPhone } from '../../store/store-rows.js';
import { Layout, phonePath } from './layout.js';

interface PhonesPageProps {
  phones: readonly KnownPhone[];
  /** Runs that have not ended and that nobody works on. */
  cutOff: ReadonlySet<string>;
}

/** Every phone that was ever read, as it was last. */
export function PhonesPage({ phones, cutOff }: PhonesPageProps): JSX.Element {
  return (
    <Layout title="Phones" place="/phones" script="report.js">
      <main>
        <h1>Phones</h1>
        <p>
          Every phone that was ever read, as it was when it was read last, but for what a run was still judging when it
          was cut off.
        </p>
        <PhonesPlace count={phones.length} />
      </main>
      <RowsData rows={inAddressOrder(phones, ({ address }) => address)} rowOf={(phone) => rowOf(phone, cutOff)} />
    </Layout>
  );
}

function rowOf(phone: KnownPhone, cutOff: ReadonlySet<string>): PageRow {
  const { mac, last } = phone;
  const { state } = last;
  const isLeft = state !== null && cutOff.has(last.run);
  const standing = state === null ? null : isTouched(state) ? 'upgrading' : 'waiting';
  const left = isLeft ? 'its run was cut off: continue it with fleet-migrate resume' : 'its run goes on';
  const facts: readonly (readonly [string, string | null])[] = [
    ['Product', phone.productId],
    ['Serial number', phone.serial],
    ['Hardware version', phone.hardwareVersion],
    ['VID', phone.vid],
    ['Family', phone.family],
    ['First seen', utcMinute(phone.firstSeenAt)],
    ['Last seen', utcMinute(phone.lastSeenAt)],
    ['Last run', last.run],
    ['Stood at', state],
  ];
  return {
    key: mac,
    cells: {
      ...{ address: valueText(phone.address), mac, model: valueText(phone.model) },
      firmware: valueText(phone.softwareVersion),
      authorization: valueText(phone.transitionAuthorizationType),
      ...{ site: '', verdict: last.verdict ?? '-', wave: '', outcome: last.outcome ?? standing ?? '-' },
      reason: state === null ? (last.code ?? '') : left,
    },
    code: last.code ?? '',
    isPhone: true,
    isUrgent: isLeft || (last.outcome !== null && usuallyNeedsAttention.has(last.outcome)),
    facts: facts.flatMap(([name, text]): [string, string][] => (text ? [[name, printable(text, 500)]] : [])),
    moments: [],
    more: { href: phonePath(mac), text: 'All nights of this phone' },
  };
}
