import { controlType, controlValue } from './controls.js';
import { attribute, hasAttribute, parsePage, walk } from './dom.js';
import { isBrokenName } from './swallowed.js';
import { detach } from './text.js';
import { withoutScripts } from './without-scripts.js';

/** The form of a page whose fields are filled in by scripts: where it posts to, and what it always sends. */
export interface ShellForm {
  action: string;
  /** Hidden inputs, such as a token without which a post is refused. */
  hidden: { name: string; value: string }[];
}

/** Reads the one form of such a page. `null` where there is none that posts, or more than one. Never throws. */
export function readShellForm(html: string): ShellForm | null {
  const document = parsePage(withoutScripts(html).text);
  if (!document) return null;
  const actions: (string | null)[] = [];
  const hidden: ShellForm['hidden'] = [];
  walk(document, {
    enter: (element) => {
      if (element.name === 'form') {
        const posts = attribute(element, 'method')?.trim().toLowerCase() === 'post';
        actions.push(posts ? detach(attribute(element, 'action') ?? '') : null);
      }
      if (element.name === 'input' && controlType(element) === 'hidden' && !hasAttribute(element, 'disabled'))
        hidden.push({ name: detach(attribute(element, 'name') ?? ''), value: controlValue(element) });
      return true;
    },
  });
  const [action, ...others] = actions;
  const isSound = typeof action === 'string' && action !== '' && others.length === 0;
  if (!isSound || hidden.some(({ name }) => isBrokenName(name))) return null;
  return { action, hidden: hidden.filter(({ name }) => name !== '') };
}
