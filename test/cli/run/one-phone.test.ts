import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { onePhone, profilesForFile } from '../../../src/cli/run/one-phone.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { given, usage } from '../support/arguments.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('the address of one phone', () => {
  it.each([
    ['10.0.0.300', /^ADDRESS 10\.0\.0\.300: /],
    ['10.0.0.0/24', /^ADDRESS 10\.0\.0\.0\/24: this is a subnet; name one phone/],
    ['10.0.0.5-9', /^ADDRESS 10\.0\.0\.5-9: these are 5 addresses; name one phone/],
    ['10.0.0.5,10.0.0.6', /name one phone/],
    ['http://10.0.0.5/admin', /^ADDRESS http.*this is a URL/],
    ['10.0.0.5:8080', /without a port/],
    ['00:CC:FC:12:34:56', /this is a MAC address/],
    ['224.0.0.1', /^ADDRESS 224\.0\.0\.1: no phone can be in/],
    ['phone_.-x', /neither an IPv4 address nor a host name/],
    ['', /the value is empty/],
  ])('is refused as such where it is none: %s', async (text, says) => {
    const refused = onePhone(await given(), text);
    await expect(refused).rejects.toEqual(usage(says));
    await expect(refused).rejects.not.toEqual(usage(/--target|--subnet|--inventory/));
  });
});

describe('the settings of the configuration file', () => {
  const env = { ALL: 'fleet-wide', BERLIN: 'of-berlin', ROME: 'of-rome', PARIS: 'of-paris', OSLO: 'of-oslo' };
  const list = join(folder.path, 'rome.csv');
  writeFileSync(list, 'address,site\n127.0.1.9,\n127.0.1.10,oslo\nno-such-phone.invalid,\n');
  const config = (inventory = list): string => `
scheme: https
httpsPort: 8443
timeout: 7s
credentials: [{ password: '\${ALL}' }]
sites:
  berlin: { subnets: [127.0.2.0/24], credentials: [{ username: service, password: '\${BERLIN}' }] }
  rome: { inventories: [${inventory}], credentials: [{ password: '\${ROME}' }] }
  paris: { targets: [localhost], credentials: [{ password: '\${PARIS}' }] }
  oslo: { subnets: [127.0.3.0/24], credentials: [{ password: '\${OSLO}' }] }
`;
  const passwords = async (address: string, text = config()): Promise<string[]> => {
    const { target, options } = await onePhone(await given({}, text, env), address);
    return options.credentialsFor?.(target).map(({ password }) => password()) ?? [];
  };

  it('apply to one phone as to a fleet', async () => {
    const { options } = await onePhone(await given({}, config(), env), '127.0.2.7');
    expect(options).toMatchObject({ scheme: 'https', httpsPort: 8443, timeoutMs: 7000 });
  });

  it('give it the passwords of its site, however the site says that it is one of its own', async () => {
    expect(await passwords('127.0.2.7')).toEqual(['of-berlin', 'fleet-wide']);
    expect(await passwords('127.0.1.9')).toEqual(['of-rome', 'fleet-wide']);
    expect(await passwords('127.0.1.10')).toEqual(['of-oslo', 'fleet-wide']);
    expect(await passwords('localhost')).toEqual(['of-paris', 'fleet-wide']);
    expect(await passwords('127.0.9.9')).toEqual(['fleet-wide']);
  });

  it('are not guessed where a list of a site cannot be read', async () => {
    await expect(passwords('127.0.9.9', config('/nowhere.csv'))).rejects.toEqual(usage(/nowhere\.csv.*--no-config/));
  });
});

describe('a file that is read again', () => {
  it('takes no option for a phone that is asked', async () => {
    const words = { 'password-env': 'P', ca: ['ca.pem'], scheme: 'https', 'phone-profiles': undefined };
    await expect(profilesForFile(await given(words), 'probe --from')).rejects.toThrow(
      expect.objectContaining({
        message:
          'probe --from reads a file and asks no phone, so --scheme, --password-env, --ca do nothing; leave them out.',
      }),
    );
    await expect(profilesForFile(await given({ timeout: '9s' }), 'capture --check')).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(/so --timeout does nothing; leave it out\.$/) }),
    );
  });

  it('does not mind what a configuration file holds for other commands', async () => {
    expect(
      await profilesForFile(await given({}, 'scheme: https\n', { FLEET_MIGRATE_TIMEOUT: '9s' }), 'probe --from'),
    ).toHaveProperty('multiplatform');
  });

  it('is not read with a configuration file that cannot be', async () => {
    await expect(profilesForFile(await given({}, 'schema: https\n'), 'probe --from')).rejects.toThrow(/schema/);
  });
});
