import { shotOf } from './browser-shot.js';
import { later, until } from './night.js';
import { freePorts } from './ports.js';
import { openStage } from './stage.js';

/** A run that is going on, as the dashboard shows it: in its second wave, with one phone that has failed. As PNG. */
export async function shotOfDashboard(): Promise<Buffer> {
  const stage = await openStage();
  const running = stage.start(['--yes', '--progress-every', '1s']);
  try {
    await running.shows(later, 'stderr');
    const status = await until(new RegExp(later), () => stage.printed(['status']));
    // The run stands still while it is looked at: what the store knows of it stays as it is.
    running.kill('SIGSTOP');
    const [port = 0] = await freePorts(1);
    const dashboard = stage.start(['dashboard', '--port', String(port)]);
    try {
      await dashboard.shows('Ready');
      const [, run = ''] = /^Run (\S+)/m.exec(status) ?? [];
      const url = `http://127.0.0.1:${String(port)}/runs/${run}`;
      return await shotOf(url, { ready: '[data-live] table', parts: 'main', height: 1000, told: stage.told });
    } finally {
      dashboard.kill('SIGINT');
      await dashboard.done;
    }
  } finally {
    running.kill('SIGKILL');
    await running.done;
    await stage.close();
  }
}
