import { controlType, controlValue } from '../markup/controls.js';
import { attribute, hasAttribute, parsePage, walk, withoutScripts } from '../markup/dom.js';
import { isBrokenName } from '../markup/broken-tags.js';
import { detach } from '../../domain/text/detach.js';

/** The form of a page whose fields are filled in by scripts: where it posts to, and what it always sends. */
export interface ShellForm {
  action: string;
  /** Hidden inputs, such as a token without which a post is refused. */
  hidden: { name: string; value: string }[];
}

/**
 * Reads the one form of such a page. `null` where there is none that posts, or more than one, or where a base address or a
 * button sends it elsewhere. Never throws.
 */
export function readShellForm(html: string): ShellForm | null {
  const { actions, hidden, goesElsewhere } = formsOf(html);
  const [action, ...others] = actions;
  const isSound = typeof action === 'string' && action !== '' && others.length === 0 && !goesElsewhere;
  if (!isSound || hidden.some(({ name }) => isBrokenName(name))) return null;
  return { action, hidden: hidden.filter(({ name }) => name !== '') };
}

/** Whether such a page has a form that posts: where it has none, its scripts post by themselves. */
export function postsByForm(html: string): boolean {
  return formsOf(html).actions.some((action) => action !== null);
}

interface Forms {
  /** `null` for a form that does not post. */
  actions: (string | null)[];
  hidden: ShellForm['hidden'];
  goesElsewhere: boolean;
}

function formsOf(html: string): Forms {
  const forms: Forms = { actions: [], hidden: [], goesElsewhere: false };
  const document = parsePage(withoutScripts(html).text);
  if (!document) return forms;
  walk(document, {
    enter: (element) => {
      if (element.name === 'form') {
        const posts = attribute(element, 'method')?.trim().toLowerCase() === 'post';
        forms.actions.push(posts ? detach(attribute(element, 'action') ?? '') : null);
      }
      forms.goesElsewhere ||=
        (element.name === 'base' && hasAttribute(element, 'href')) ||
        ['formaction', 'formmethod', 'formenctype'].some((name) => hasAttribute(element, name));
      if (element.name === 'input' && controlType(element) === 'hidden' && !hasAttribute(element, 'disabled'))
        forms.hidden.push({ name: detach(attribute(element, 'name') ?? ''), value: controlValue(element) });
      return true;
    },
  });
  return forms;
}
