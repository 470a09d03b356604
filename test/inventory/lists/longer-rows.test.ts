import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

const mac = '00CCFC000001';

describe('a row with one more cell than its header, as a text holds the separator without quotes', () => {
  it.each([
    [
      'the columns of this program',
      `address,mac,model,vid,site,note\n10.0.0.5,${mac},8841,V07,Berlin,Hall, left\n`,
      `2 10.0.0.5 ${mac} model=8841 vid=V07 site=Berlin note=Hall,left`,
    ],
    ['two separators', 'address;note\n10.0.0.5;a;b;c\n', '2 10.0.0.5 - note=a,b,c'],
    [
      'a text before the rest',
      `Description,Model,IP Address\nHall, left,Cisco 8841,10.0.0.5\n`,
      '2 10.0.0.5 - model=Cisco 8841 note=Hall,left',
    ],
    [
      'a model told by its number',
      `IP Address,Description,Model,Status\n10.0.0.5,Hall, left,Cisco 8841,up\n`,
      '2 10.0.0.5 - model=Cisco 8841 note=Hall,left',
    ],
    [
      'a site, where there is no other text',
      'address,site\n10.0.0.5,Berlin, Mitte\n',
      '2 10.0.0.5 - site=Berlin,Mitte',
    ],
    ['a name', `Name,IP Address,MAC\nLobby, left,10.0.0.5,${mac}\n`, `2 10.0.0.5 ${mac}`],
    ['two texts of which either may hold it: without a note', 'address,note,owner\n10.0.0.5,a,b,c\n', '2 10.0.0.5 -'],
  ])('is read where its other cells are what their columns say: %s', async (_, text, phone) => {
    const { phones, warnings } = await read(text);
    expect(phones).toEqual([phone]);
    expect(warnings[0]).toContain('1 row longer than the header');
  });

  it.each([
    ['an address is not in its column', 'note,address\na,b,10.0.0.5,c\n'],
    ['an address would be part of a text', 'address,note\n10.0.0.5,10.0.0.6,x\n'],
    ['a MAC would be part of a text', `address,note\n10.0.0.5,x,${mac}\n`],
    ['the site is not clear', 'address,owner,site,room\n10.0.0.5,Secret,b,c,d\n'],
    ['the model is not clear', 'address,owner,model,room\n10.0.0.5,Secret,8841,7841,d\n'],
    ['there is no text', `address,mac,model\n10.0.0.5,${mac},8841,Secret\n`],
  ])('is refused with its line, and not shown: %s', async (_, text) => {
    const message = await refused(text);
    expect(message).toMatch(/^list:2: the row has \d cells, but the header names \d; put quotes/);
    expect(message).not.toContain('Secret');
  });
});
