import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { type Answer, axl, axlFault, htmlError, innerOf, refusal, talk } from '../support/cluster.js';

afterEach(() => {
  nock.cleanAll();
});

const groups = (...all: readonly (readonly string[])[]): string =>
  `<associatedGroups>${all
    .map(
      (roles, nth) =>
        `<userGroup><name>Group ${nth}</name><userRoles>${roles.map((role) => `<userRole>${role}</userRole>`).join('')}</userRoles></userGroup>`,
    )
    .join('')}</associatedGroups>`;
const appUser = (...all: readonly (readonly string[])[]): Answer =>
  axl('getAppUser', `<appUser uuid="{1}"><userid>axl</userid>${groups(...all)}</appUser>`);
const nobody = axlFault('Item not valid: The specified AppUser was not found', 5007);

const writer = 'Standard AXL API Access';
const reader = 'Standard AXL Read Only API Access';
const admin = 'Standard CCM Admin Users';
const serviceability = 'Standard SERVICEABILITY';
const collector = 'Standard RealtimeAndTraceCollection';

describe('the rights of a user', () => {
  it.each([
    ['all', [[writer, admin], [serviceability]], { write: 'yes', realTime: 'yes', services: 'yes' }],
    ['the role of RisPort', [[writer, admin, collector]], { write: 'yes', realTime: 'yes', services: 'no' }],
    ['a read-only one', [[reader, admin]], { write: 'no', realTime: 'no', services: 'no' }],
    ['no second role', [[writer, serviceability]], { write: 'unknown', realTime: 'unknown', services: 'unknown' }],
    [
      'one that somebody made',
      [[reader, admin, 'Bots']],
      { write: 'unknown', realTime: 'unknown', services: 'unknown' },
    ],
    ['none', [], { write: 'no', realTime: 'no', services: 'no' }],
  ])('with roles: %s', async (_, roles, expected) => {
    const { ucm, sent } = talk([appUser(...roles)]);
    expect(await ucm.rights()).toEqual({ roles: roles.flat(), read: 'yes', ...expected });
    expect(sent.map((one) => innerOf(one, 'getAppUser'))).toEqual(['<userid>axl</userid>']);
  });

  it('are those of a person where no application user has the name', async () => {
    const { ucm, sent } = talk(
      [nobody, axl('getUser', `<user><userid>a&amp;b</userid>${groups([writer, admin])}</user>`)],
      { username: 'a&b' },
    );
    expect(await ucm.rights()).toMatchObject({ roles: [writer, admin], write: 'yes' });
    expect(innerOf(sent[1]!, 'getUser')).toBe('<userid>a&amp;b</userid>');
    expect(sent[1]!.headers['soapaction']).toBe('"CUCM:DB ver=14.0 getUser"');
  });

  it.each([
    ['nobody has the name', [nobody, nobody]],
    ['no groups are told', [axl('getAppUser', '<appUser><userid>axl</userid></appUser>')]],
    ['the question is refused', [axlFault('Something else', 1)]],
  ])('are unknown where %s', async (_, answers) => {
    expect(await talk(answers).ucm.rights()).toEqual({
      roles: null,
      read: 'yes',
      write: 'unknown',
      realTime: 'unknown',
      services: 'unknown',
    });
  });

  it('are none to read where nothing may be asked', async () => {
    expect(await talk([htmlError(403)]).ucm.rights()).toMatchObject({ roles: null, read: 'no', write: 'unknown' });
  });

  it('are not told of a user whose login is refused', async () => {
    expect(await refusal(talk([htmlError(401)]).ucm.rights())).toMatchObject({ code: 'ucm-login-refused' });
  });
});
