import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { readEnterpriseHtml, readEnterpriseXml, type EnterpriseDevice } from '../../pages/enterprise/page.js';
import type { Page, PhoneSession } from '../../transport/session/session.js';
import type { PhoneDriver, Reading } from '../driver.js';
import { enterpriseFacts } from './facts.js';

/**
 * Enterprise phones: the XML device page, which is the same in all languages, then the start page, which leads to the HTML one. The
 * other paths of the same page are requested only where nothing so far shows that this is something else.
 * @param settles whether a start page shows what this is, so that no further request is needed
 */
export function enterpriseDriver(profiles: PhoneProfiles, settles: (page: Page) => boolean): PhoneDriver {
  const { deviceXml, deviceHtml } = profiles.enterprise.endpoints;
  const sources: { path: string; read: (page: Page) => EnterpriseDevice | null }[] = [
    ...deviceXml.slice(0, 1).map((path) => ({ path, read: xml })),
    { path: '/', read: html },
    ...deviceXml.slice(1).map((path) => ({ path, read: xml })),
    ...deviceHtml.map((path) => ({ path, read: html })),
  ];
  return { read };

  async function read(session: PhoneSession): Promise<Reading> {
    const seen: Page[] = [];
    for (const source of sources) {
      const page = await session.get(source.path);
      seen.push(page);
      const device = page.status === 200 ? source.read(page) : null;
      if (device) return { kind: 'phone', facts: enterpriseFacts(device, profiles, page.path), page: null };
      if (source.path === '/' && settles(page)) break;
    }
    return { kind: 'other', trouble: null, seen };
  }

  function xml({ body }: Page): EnterpriseDevice | null {
    return readEnterpriseXml(body, profiles.enterprise);
  }

  function html({ body }: Page): EnterpriseDevice | null {
    return readEnterpriseHtml(body, profiles.enterprise);
  }
}
