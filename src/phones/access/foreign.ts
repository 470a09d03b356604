import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import { matchesAny } from '../../pages/markup/text.js';
import type { Page } from '../../transport/session/session.js';

/** Whether a response shows that the device is another maker's. */
export type IsForeign = (page: Page) => boolean;

/**
 * Recognizes other makers' servers: phones of both families send no `Server` header and have titles of their own
 * (docs/knowledge/multiplatform-pages.md#titles-headers-and-sizes). A page that only asks for a password or refuses one may have a generic
 * title, such as "Login" or "401 Unauthorized".
 */
export function foreignAnswers({ multiplatform, enterprise }: PhoneProfiles): IsForeign {
  const known = [
    ...multiplatform.titlePatterns,
    ...enterprise.titlePatterns,
    ...multiplatform.signIn.plainTitlePatterns,
  ];
  return ({ body, headers }) => {
    if ((headers['server'] ?? '') !== '') return true;
    const { title } = describePage(body, multiplatform);
    return title !== null && !matchesAny(title, known);
  };
}
