import { hideUserInUrl } from '../../config/file/value-schemas.js';
import { UsageError } from '../../domain/text/usage-error.js';

/**
 * The address of a file server as it is used, without a slash at its end: what phones can write into a rule, and nothing that has a
 * meaning of its own there.
 * @throws UsageError for anything else
 */
export function checkFilesUrl(text: string): string {
  const url = /^(?:https?|tftp):\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.hostname === '') {
    throw new UsageError(
      `--files ${hideUserInUrl(text)} is not the address of a file server; write http://10.0.0.5:6970, https://… or tftp://….`,
    );
  }
  if (url.search !== '' || url.hash !== '')
    throw new UsageError('--files takes an address without ? or #; loads and licenses are looked for below it.');
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      '--files must not hold a user name or password: it would be written into every phone; serve the files without one.',
    );
  }
  refuseRuleSyntax('--files', text);
  return text.replace(/\/+$/, '');
}

/**
 * Blanks, bars and brackets separate alternatives and conditions in a phone's rule
 * (docs/knowledge/multiplatform-settings.md#rules-and-macros); what is not plain ASCII would reach the phone in the encoding of its page,
 * and its server in another.
 * @throws UsageError
 */
export function refuseRuleSyntax(option: string, text: string): void {
  const found = /[\s|[\]<>"\\]|[^\x21-\x7e]/u.exec(text);
  if (found)
    throw new UsageError(
      `${option} must not hold ${JSON.stringify(found[0])}: phones read it as a part of the rule's own syntax, or not at all.`,
    );
}
