import { hideUserInUrl } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/**
 * The address of a file server, without a slash at its end and without characters that are special in a phone's rule.
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
    throw new UsageError(`${place} takes an address without ? or #; loads and licenses are fetched below it.`);
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${place} must not hold a user name or password: they would be written into every phone; serve the files without a sign-in.`,
    );
  }
  refuseRuleSyntax(place, text);
  return text.replace(/\/+$/, '');
}

/**
 * Blanks, bars and brackets separate alternatives and conditions in a phone's rule
 * (docs/knowledge/multiplatform-settings.md#rules-and-macros); beyond ASCII, the phone would get the page's encoding and the server another.
 * @throws UsageError
 */
function refuseRuleSyntax(place: string, text: string): void {
  const found = /[\s|[\]<>"\\]|[^\x21-\x7e]/u.exec(text);
  if (found)
    throw new UsageError(
      `${place} must not hold ${JSON.stringify(found[0])}: phones take it for a part of the rule's own syntax, or cannot read it.`,
    );
}

/**
 * The URL of a license as written into phones; it may contain their macros.
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
    throw new UsageError(`${place} must not hold a user name or password: they would be written into every phone.`);
  refuseRuleSyntax(place, text);
  return text;
}
