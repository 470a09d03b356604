import type { RoleRule, UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { childOf, childrenOf, type Element } from '../soap/element.js';
import { escaped } from '../soap/escape.js';
import { UcmError, type UcmRights } from '../ucm.js';
import type { Axl } from './axl.js';
import { isNotFound } from './settings.js';

/** Application users first: they are made for programs. Each with the element that its answer holds. */
const lookups = [
  { operation: 'getAppUser', item: 'appUser' },
  { operation: 'getUser', item: 'user' },
] as const;

/**
 * What the user may do, by the roles that the database has of it. What cannot be read is unknown.
 * @throws UcmError for a refused login and for a cluster that cannot be asked
 */
export async function readRights(axl: Axl, username: string, knowledge: UcmKnowledge): Promise<UcmRights> {
  const unknown = { write: 'unknown', realTime: 'unknown', services: 'unknown' } as const;
  let found: { roles: readonly string[] | null };
  try {
    found = { roles: await rolesOf(axl, username, knowledge) };
  } catch (error) {
    if (!(error instanceof UcmError && error.code === 'ucm-role-missing')) throw error;
    // Not even this may be read: with what the user may not read, it may not be known either whether it may write.
    return { roles: null, read: 'no', ...unknown };
  }
  const { roles } = found;
  if (roles === null) return { roles, read: 'yes', ...unknown };
  const { write, realTime, services } = knowledge.roles;
  const judged = (rule: RoleRule): 'yes' | 'no' | 'unknown' => judge(roles, rule, knowledge.roles);
  // Reading was just done.
  return { roles, read: 'yes', write: judged(write), realTime: judged(realTime), services: judged(services) };
}

function judge(roles: readonly string[], rule: RoleRule, known: UcmKnowledge['roles']): 'yes' | 'no' | 'unknown' {
  const has = new Set(roles.map((role) => role.toLowerCase()));
  const holds = (role: string): boolean => has.has(role.toLowerCase());
  if (rule.anyOf.some(holds)) return rule.beside.every(holds) ? 'yes' : 'unknown';
  const names = new Set(
    [known.read, known.write, known.realTime, known.services]
      .flatMap(({ anyOf, beside }) => [...anyOf, ...beside])
      .concat(known.others.names)
      .map((role) => role.toLowerCase()),
  );
  // A role that somebody made may give anything.
  return [...has].every((role) => names.has(role)) ? 'no' : 'unknown';
}

/** `null`: there is no such user to be read (one of LDAP by another name), or the answer does not list its roles. */
async function rolesOf(axl: Axl, username: string, knowledge: UcmKnowledge): Promise<readonly string[] | null> {
  for (const { operation, item } of lookups) {
    const answer = await axl.call(operation, `<userid>${escaped(username)}</userid>`);
    if (answer.kind === 'too-large') return null;
    if (answer.kind === 'fault') {
      if (isNotFound(answer.fault, knowledge)) continue;
      return null;
    }
    return rolesIn(childOf(answer.result, item));
  }
  return null;
}

function rolesIn(user: Element | null): readonly string[] | null {
  const groups = user?.children.find(({ name }) => name === 'associatedGroups');
  if (!groups) return null;
  const roles = childrenOf(groups, 'userGroup').flatMap((group) =>
    childrenOf(childOf(group, 'userRoles'), 'userRole').map(({ text }) => text),
  );
  return [...new Set(roles.filter((role) => role !== ''))];
}
