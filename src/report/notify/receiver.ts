import { UsageError } from '../../domain/text/usage-error.js';

/** Who is told that a run has ended, and in which form. */
export type Receiver =
  | {
      kind: WebForm;
      url: URL;
      /** The form was written before the URL, or is certain by its host. */ isChosen: boolean;
    }
  | { kind: 'mail'; to: readonly string[] };

/** The forms of messages that are posted. */
export type WebForm = (typeof webForms)[number];
const webForms = ['webhook', 'slack', 'teams'] as const;

const how =
  'give an http or https URL such as https://chat.example.com/hooks/fleet, with slack+, teams+ or webhook+ before it where its host does not tell, or mailto: and addresses';

/**
 * Reads a value of `--notify` before anything is contacted. User and password in a URL are sent as Basic authorization.
 * @throws UsageError, which does not repeat the URL: it may contain a secret
 */
export function readReceiver(text: string): Receiver {
  if (/^mailto:/i.test(text)) return { kind: 'mail', to: addressesOf(text) };
  const [, form, address = ''] = /^(?:([a-z]+)\+)?(.*)$/is.exec(text) ?? [];
  const chosen = form === undefined ? null : (webForms.find((one) => one === form.toLowerCase()) ?? undefined);
  if (chosen === undefined)
    throw new UsageError(
      `--notify begins with ${form}+, and a message has one of these forms: ${webForms.join(', ')}; ${how}.`,
    );
  const url = checkNotifyUrl(address);
  const known = formByHost(url);
  return { kind: chosen ?? known ?? 'webhook', url, isChosen: chosen !== null || known !== null };
}

/** Checks the URL of a webhook. @throws UsageError, which does not repeat it */
function checkNotifyUrl(text: string): URL {
  if (!URL.canParse(text)) throw new UsageError(`--notify is not a URL; ${how}.`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`--notify has a URL that begins with ${url.protocol} and cannot be posted to; ${how}.`);
  if (basicOf(url) === null) throw new UsageError(`--notify has a user or password with a broken % escape; ${how}.`);
  return url;
}

/** The form that a host wants for certain: what else lies there takes other messages. */
function formByHost({ hostname, pathname }: URL): WebForm | null {
  if (/^hooks\.slack(?:-gov)?\.com$/.test(hostname) && pathname.startsWith('/services/')) return 'slack';
  if (hostname.endsWith('.webhook.office.com')) return 'teams';
  return null;
}

/** Whether workflows of Power Automate are there: those that post to Teams take its form only, others whatever they were made for. */
export function mayBeTeams({ hostname }: URL): boolean {
  return /\.logic\.azure\.(?:com|us)$|\.api\.powerplatform\.(?:com|us)$/.test(hostname);
}

/** Most addresses that one message goes to: more belong into a list of the mail server. */
const mostAddresses = 20;

/** As people write them; what a server takes beyond that is its business. */
const address = /^[^\s@<>"(),;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

function addressesOf(text: string): string[] {
  const mailHow = 'write --notify mailto:anna@example.com,voice-team@example.com';
  const after = text.slice('mailto:'.length);
  if (after.includes('?'))
    throw new UsageError(`--notify mailto: takes addresses only, nothing after a ?; ${mailHow}.`);
  const addresses = after.split(',').map((one) => one.trim());
  const wrong = addresses.findIndex((one) => !isMailAddress(one));
  if (wrong >= 0)
    throw new UsageError(`--notify mailto: its address number ${wrong + 1} is no mail address; ${mailHow}.`);
  if (addresses.length > mostAddresses)
    throw new UsageError(
      `--notify mailto: has more than ${mostAddresses} addresses; make a list of them on the mail server.`,
    );
  return addresses;
}

/** Whether it is a mail address, without a name or anything else around it. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && address.test(text) && !text.includes('..');
}

/** `user:password` for Basic authorization; empty without any, `null` when it cannot be decoded. */
export function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return '';
  try {
    return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`, 'utf8').toString('base64');
  } catch {
    return null;
  }
}
