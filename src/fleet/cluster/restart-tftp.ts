import { type Ucm, UcmError, type UcmService } from '../../ucm/ucm.js';
import { needed, troubleOf } from './trouble.js';

/** The TFTP service of every node that has one. @throws UsageError with why it cannot be told */
export function tftpServicesOf(ucm: Pick<Ucm, 'tftpServices'>): Promise<UcmService[]> {
  return needed(ucm.tftpServices());
}

/** Restarts the TFTP service of a node. @returns why it was not, or why that is not known; `null` once it runs again */
export async function restartTftp(ucm: Pick<Ucm, 'restartTftp'>, node: string): Promise<string | null> {
  try {
    await ucm.restartTftp(node);
    return null;
  } catch (error) {
    const { text, advice } = troubleOf(error);
    // What the code advises is about phones.
    const isLost = error instanceof UcmError && error.code === 'ucm-answer-lost';
    const look = `Look at it in Cisco Unified Serviceability > Tools > Control Center - Feature Services, on ${node}, before you restart it again.`;
    return `${text} ${isLost ? look : advice}`;
  }
}
