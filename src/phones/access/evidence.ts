import type { PhoneSession } from '../../transport/session/session.js';
import type { Identify } from '../identify.js';
import type { LookNote } from '../phones.js';

/** Says in a look how the phone was reached and signed in to, where that is more than an open page over plain http. */
export function withAccessNotes(identify: Identify): Identify {
  return async (session, withSettings, mayInitialize) => {
    const identified = await identify(session, withSettings, mayInitialize);
    const { look } = identified;
    const note = accessNote(session);
    if (look.kind !== 'phone' || note === null) return identified;
    return { ...identified, look: { ...look, notes: [...(look.notes ?? []), note] } };
  };
}

function accessNote({ access, peer }: PhoneSession): LookNote | null {
  const { scheme, protocol, checked, signedInBy } = access;
  if (scheme === 'http' && signedInBy === null) return null;
  const connection = scheme === 'http' ? 'plain http' : `https (${protocol ?? 'TLS'})`;
  const certificate = !checked
    ? 'certificate not checked'
    : peer.certified === null
      ? 'certificate names the address'
      : `certificate names ${peer.certified}`;
  const signed = signedInBy === null ? 'open' : `signed in by ${signedInBy}`;
  return { kind: 'access', text: `${signed} over ${connection}${scheme === 'https' ? `, ${certificate}` : ''}` };
}
