import type { TftpEvent, TftpOpened, TftpPeer, TftpServerOptions } from '../tftp/serving.js';
import type { Contacts } from './contacts.js';
import { requestPath } from './names/request-path.js';
import { type FileRequest, type FileSource, openFrom, type OpenFile } from './source.js';
import type { Sending, Transfers } from './transfers/transfers.js';

/** A file that is open and whose transfer has not begun. */
interface Opened {
  request: FileRequest;
  file: OpenFile;
  note: string | null;
}

/** What a TFTP server needs to serve the same sources, and to tell of it in the same words. */
export function overTftp(
  sources: readonly FileSource[],
  transfers: Transfers,
  contacts: Contacts,
  trouble: (why: string) => void,
): Required<Pick<TftpServerOptions, 'open' | 'onEvent'>> {
  const opened = new Map<string, Opened>();
  /** Those whose reason was told already, in better words than the protocol has. */
  const told = new Set<string>();
  const sending = new Map<number, Sending>();

  const refuse = (key: string, request: FileRequest, why: string, isTold = false): void => {
    told.add(key);
    transfers.refuse(request, why, isTold);
  };
  const open = async (fileName: string, client: TftpPeer): Promise<TftpOpened> => {
    const key = keyOf(fileName, client);
    const path = requestPath(fileName, 'plain');
    const request = requestOf(path ?? fileName, client);
    contacts.asked(request);
    if (path === null) {
      refuse(key, request, 'that is no path of a file within the folder');
      return null;
    }
    const answer = await openFrom(sources, request);
    if (answer.kind === 'file') {
      const { file, note } = answer;
      opened.set(key, { request, file, note });
      const close = (): Promise<void> => {
        if (opened.get(key)?.file === file) opened.delete(key);
        return file.close();
      };
      return { size: file.size, read: (offset, length) => file.read(offset, length), close };
    }
    refuse(key, request, answer.why ?? 'there is no such file', answer.kind === 'absent' && answer.isTold);
    if (answer.kind === 'absent' || answer.status === 404) return null;
    if (answer.status === 403) return { refused: 'The file cannot be read' };
    // Not "not found": a phone may take that for good.
    throw new Error(answer.why);
  };
  const onEvent = (event: TftpEvent): void => {
    if (event.kind === 'started') {
      const found = opened.get(keyOf(event.file, event.client));
      const request = found?.request ?? requestOf(event.file, event.client);
      const { size } = event;
      const { version = '', note = null } = { version: found?.file.version, note: found?.note };
      sending.set(event.id, transfers.begin(request, { size, version, from: 0, to: size, note }));
    } else if (event.kind === 'progress') sending.get(event.id)?.sent(event.bytes);
    else if (event.kind === 'ended') {
      const transfer = sending.get(event.id);
      sending.delete(event.id);
      transfer?.sent(event.bytes);
      transfer?.end(event.ok ? null : event.why);
    } else if (event.kind === 'refused') {
      const key = keyOf(event.file, event.client);
      contacts.asked(requestOf(event.file, event.client));
      if (event.notAllowed) transfers.turnAway(requestOf(event.file, event.client));
      else if (!told.delete(key)) transfers.refuse(requestOf(event.file, event.client), event.why);
    } else {
      contacts.missed();
      trouble(event.why);
    }
  };
  return { open, onEvent };
}

function requestOf(path: string, { address, userAgent }: TftpPeer): FileRequest {
  return { path: path.slice(0, 300), client: address, protocol: 'tftp', userAgent: userAgent ?? null };
}

function keyOf(fileName: string, { address, port }: TftpPeer): string {
  return `${address} ${port} ${fileName}`;
}
