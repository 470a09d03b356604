/*
 * A process that has the command loaded and runs it over and over, each time as if it had just been started: with arguments, folder,
 * environment and output of its own. Loading is most of what a short run costs. Told by its parent, one run at a time.
 */
import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';

const [, , runCliPath, programPath] = process.argv;
const { runCli } = await import(pathToFileURL(runCliPath).href);
await import(pathToFileURL(programPath).href);

/** A stream that is a pipe to whoever writes into it, and the text that went in. */
function collected() {
  const stream = new PassThrough();
  let text = '';
  stream.setEncoding('utf8').on('data', (piece) => (text += piece));
  return { stream, text: () => text };
}

process.on('message', async ({ args, cwd, env }) => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  const [out, error] = [collected(), collected()];
  Object.defineProperty(process, 'stdout', { value: out.stream, configurable: true });
  Object.defineProperty(process, 'stderr', { value: error.stream, configurable: true });
  // It keeps the streams that it has once written to.
  globalThis.console = new Console(out.stream, error.stream);
  const code = await runCli(args);
  // What is written last arrives a turn later.
  await new Promise((resolve) => setTimeout(resolve, 0));
  process.send({ code, stdout: out.text(), stderr: error.text() });
});
process.on('disconnect', () => process.exit());
process.send('ready');
