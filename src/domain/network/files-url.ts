import { hideUserInUrl } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/**
 * The address of a file server as it is used, without a slash at its end: what phones can write into a rule, and nothing that has a
 * meaning of its own there.
 * @param place what the message of a UsageError begins with
 * @throws UsageError for anything else
 */
export function checkFilesUrl(text: string, place = '--files'): string {
  const url = /^(?:https?|tftp):\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.hostname === '') {
    throw new UsageError(
      `${place} ${hideUserInUrl(text)} is not the address of a file server; write http://10.0.0.5:6970, https://… or tftp://….`,
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw new UsageError(`${place} takes an address without ? or #; loads and licenses are looked for below it.`);
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${place} must not hold a user name or password: it would be written into every phone; serve the files without one.`,
    );
  }
  refuseRuleSyntax(place, text);
  return text.replace(/\/+$/, '');
}

/**
 * Blanks, bars and brackets separate alternatives and conditions in a phone's rule
 * (docs/knowledge/multiplatform-settings.md#rules-and-macros); what is not plain ASCII would reach the phone in the encoding of its page,
 * and its server in another.
 * @throws UsageError
 */
function refuseRuleSyntax(place: string, text: string): void {
  const found = /[\s|[\]<>"\\]|[^\x21-\x7e]/u.exec(text);
  if (found)
    throw new UsageError(
      `${place} must not hold ${JSON.stringify(found[0])}: phones read it as a part of the rule's own syntax, or not at all.`,
    );
}

/**
 * The URL of a license as phones are told it: their own macros may stand in it.
 * @param place what the message of a UsageError begins with
 * @throws UsageError for anything else
 */
export function checkAuthorizationRule(text: string, place = '--authorization-rule'): string {
  if (!/^(?:https?|tftp):\/\/[^/]/i.test(text)) {
    throw new UsageError(
      `${place} ${hideUserInUrl(text)} is not a URL; write http://10.0.0.5:6970/$MAU.lic, https://… or tftp://….`,
    );
  }
  if (/^[a-z]+:\/\/[^/]*@/i.test(text))
    throw new UsageError(`${place} must not hold a user name or password: it would be written into every phone.`);
  refuseRuleSyntax(place, text);
  return text;
}
