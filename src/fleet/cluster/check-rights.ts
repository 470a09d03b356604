import type { UcmFinding } from '../../domain/unified-cm/check.js';
import type { RoleRule } from '../../domain/unified-cm/knowledge.js';
import type { UcmRights } from '../../ucm/ucm.js';

type Right = 'read' | 'write' | 'realTime' | 'services';

/** The roles that give each right, as `profiles/unified-cm.yaml` has them. */
export type RightsByRole = Readonly<Record<Right, Pick<RoleRule, 'anyOf' | 'beside'>>>;

const rights: readonly { right: Right; subject: string; what: string; isAsked: boolean; without: string }[] = [
  {
    right: 'read',
    subject: 'database',
    what: 'read its database (AXL)',
    isAsked: true,
    without: 'no phone can be listed',
  },
  {
    ...{ right: 'write', subject: 'database, writing', what: 'write to its database (AXL)', isAsked: true },
    without: 'no load can be set, and no web access switched on; audits and dry runs do without',
  },
  {
    ...{ right: 'realTime', subject: 'real-time service', what: 'ask the real-time service (RisPort)', isAsked: true },
    without: 'addresses and what phones run are not told',
  },
  {
    ...{ right: 'services', subject: 'services', what: 'restart services (Control Center)', isAsked: false },
    without:
      'the TFTP service is restarted by hand: Cisco Unified Serviceability > Tools > Control Center - Feature Services',
  },
];

/** What the user may do, each right with the roles to give where it is lacking. */
export function rightsFindings(username: string, has: UcmRights, byRole: RightsByRole): UcmFinding[] {
  const roles =
    has.roles === null
      ? 'Its roles cannot be read.'
      : `Its roles: ${has.roles.length === 0 ? 'none' : has.roles.join(', ')}.`;
  return rights.map(({ right, subject, what, isAsked, without }) => {
    const state = has[right];
    const said = { yes: `may ${what}`, no: `may not ${what}`, unknown: `may perhaps ${what}: this is not known` }[
      state
    ];
    return {
      about: 'rights',
      ...{ subject, state, isAsked },
      text: state === 'yes' ? `${username} ${said}.` : `${username} ${said}; without it ${without}. ${roles}`,
      advice: state === 'yes' ? null : rolesToGive(username, byRole[right], has.roles),
    };
  });
}

function rolesToGive(username: string, { anyOf, beside }: RightsByRole[Right], has: readonly string[] | null): string {
  // Nothing is known to be missing.
  if (has === null)
    return `Look on Unified CM whether ${username} has ${[anyOf.join(' or '), ...beside].join(', and ')}.`;
  const held = new Set(has.map((role) => role.toLowerCase()));
  const isHeld = (role: string): boolean => held.has(role.toLowerCase());
  const lacking = [...(anyOf.some(isHeld) ? [] : [anyOf.join(' or ')]), ...beside.filter((role) => !isHeld(role))];
  const group =
    'in Cisco Unified CM Administration > User Management > User Settings > Access Control Group, make a group with';
  return lacking.length === 0
    ? `${username} has the documented roles; look for what else its groups take away.`
    : `Give it the missing roles: ${group} ${lacking.join(', and ')}, and add ${username} to it.`;
}
