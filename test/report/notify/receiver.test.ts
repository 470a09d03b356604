import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { mayBeTeams, readReceiver } from '../../../src/report/notify/receiver.js';

/** The form and the URL that is posted to. */
function posted(text: string): [kind: string, href: string, isChosen: boolean] {
  const receiver = readReceiver(text);
  if (receiver.kind === 'mail') throw new RangeError('this is a mail');
  return [receiver.kind, receiver.url.href, receiver.isChosen];
}

describe('who is told', () => {
  it.each([
    'http://127.0.0.1:8080/hook',
    'https://chat.example.com/hook?key=1',
    'https://bob:secret@chat.example.com/',
  ])('may be a plain webhook: %s', (text) => expect(posted(text)).toEqual(['webhook', text, false]));

  it('is Slack or Teams where the host tells for certain, and else what is written before it', () => {
    expect(posted('https://hooks.slack.com/services/T0/B0/x')).toEqual([
      'slack',
      'https://hooks.slack.com/services/T0/B0/x',
      true,
    ]);
    expect(posted('https://hooks.slack-gov.com/services/T0/B0/x')[0]).toBe('slack');
    expect(posted('https://example.webhook.office.com/webhookb2/x')[0]).toBe('teams');
    // A workflow of Slack takes variables of its own, and a workflow of Power Automate anything.
    expect(posted('https://hooks.slack.com/triggers/T0/1/x')).toEqual([
      'webhook',
      'https://hooks.slack.com/triggers/T0/1/x',
      false,
    ]);
    const workflow = 'https://prod-12.westeurope.logic.azure.com/workflows/x/triggers/manual/paths/invoke?sig=y';
    expect(posted(workflow)).toEqual(['webhook', workflow, false]);
    expect(posted(`teams+${workflow}`)).toEqual(['teams', workflow, true]);
    expect(posted('slack+https://mattermost.example.com/hooks/x')).toEqual([
      'slack',
      'https://mattermost.example.com/hooks/x',
      true,
    ]);
    expect(posted('webhook+https://hooks.slack.com/services/T0/B0/x')[0]).toBe('webhook');
    expect(posted('TEAMS+http://127.0.0.1/')[0]).toBe('teams');
    expect(
      [workflow, 'https://a.b.api.powerplatform.com/x', 'https://chat.example.com/'].map((text) =>
        mayBeTeams(new URL(text)),
      ),
    ).toEqual([...[true, true, false]]);
  });

  it('may be people by mail', () => {
    expect(readReceiver('mailto:anna@example.com')).toEqual({ kind: 'mail', to: ['anna@example.com'] });
    expect(readReceiver('MAILTO:anna@example.com, o.b+night@mail.example.com')).toEqual({
      kind: 'mail',
      to: ['anna@example.com', 'o.b+night@mail.example.com'],
    });
  });

  it.each([
    ['', 'is not a URL'],
    ['chat.example.com/hook', 'is not a URL'],
    ['ftp://bob:secret@chat.example.com/', 'begins with ftp: and cannot be posted to'],
    ['file:///etc/secret', 'begins with file:'],
    ['https://bob:100%secret@chat.example.com/', 'a broken % escape'],
    ['https://secret:99999999/', 'is not a URL'],
    [
      'discord+https://chat.example.com/secret',
      'begins with discord+, and a message has one of these forms: webhook, slack, teams',
    ],
    ['slack+ftp://secret', 'begins with ftp:'],
    ['mailto:', 'its address number 1 is no mail address'],
    ['mailto:anna@example.com,', 'its address number 2 is no mail address'],
    ['mailto:Anna <secret@example.com>', 'its address number 1 is no mail address'],
    ['mailto:anna@example.com?bcc=secret@example.com', 'takes addresses only'],
    ['mailto:anna@example.com\r\nBcc: secret@example.com', 'no mail address'],
    [`mailto:${Array(21).fill('a@b.example').join(',')}`, 'more than 20 addresses'],
  ])('is not %j, and what it held is not repeated', (text, words) => {
    let error: unknown = null;
    try {
      readReceiver(text);
    } catch (caught) {
      error = caught;
    }
    expect(isUsageError(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect(error).toMatchObject({ message: expect.not.stringContaining('secret') });
  });

  it('is a receiver or one sentence, whatever the text', () => {
    const pieces = fc.constantFrom(
      'mailto:',
      'a@b.c',
      ',',
      '<',
      '\n',
      'slack+',
      'teams+',
      'https://',
      'http:',
      'h',
      '/',
      '@',
      '%',
      '?',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        try {
          const receiver = readReceiver(parts.join(''));
          if (receiver.kind === 'mail') for (const one of receiver.to) expect(one).toMatch(/^[^\s<>,"]+@[^\s<>,"]+$/);
        } catch (error) {
          expect(isUsageError(error)).toBe(true);
          expect((error as Error).message).toMatch(/^--notify [^\n]*\.$/);
        }
      }),
    );
  });
});
