import type { UcmAnswer } from '../soap/answer.js';
import { leaf } from '../soap/write.js';

/** `GET /cucm-uds/version`, which needs no password (docs/knowledge/unified-cm.md#axl). */
export function versionAnswer(version: string, host: string): UcmAnswer {
  const short = version.split('.').slice(0, 3).join('.');
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<versionInformation uri="https://${host.replace(/[^\w.:-]/g, '')}/cucm-uds/version" version="${short}">` +
    `${leaf('version', version)}<capabilities><usersResourceAuthEnabled>false</usersResourceAuthEnabled></capabilities>` +
    '</versionInformation>';
  return { status: 200, headers: { 'Content-Type': 'application/xml' }, body };
}
