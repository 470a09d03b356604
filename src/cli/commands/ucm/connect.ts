import { createLog } from '../../../log/create-log.js';
import { systemClock } from '../../system-clock.js';
import { type Connect, connectWith } from './client.js';

/** The real client; what it warns of goes to standard error. @throws UsageError */
export const connectUcm: Connect = async (access, settings, use) => {
  const log = createLog({ level: 'warn', format: 'text', clock: systemClock, stream: process.stderr });
  try {
    return await connectWith(log)(access, settings, use);
  } finally {
    await log.close();
  }
};
