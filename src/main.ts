#!/usr/bin/env node
import * as modules from 'node:module';
import { isatty } from 'node:tty';
import { isStopCode } from './cli/terminal/exit-code.js';
import { runCli } from './cli/run-cli.js';

// From Node 22 on what was compiled is kept, in a folder of the system's own: the next start is faster.
(modules as { enableCompileCache?: () => unknown }).enableCompileCache?.();
const terminals = [0, 1, 2].filter((stream) => isatty(stream));
const code = (process.exitCode = await runCli(process.argv.slice(2)));
// On exit, Node aborts if it cannot reset a terminal that is gone. End by SIGHUP instead, as any program does when its terminal closes.
if (!terminals.every((stream) => isatty(stream))) process.kill(process.pid, 'SIGHUP');
// After a second ctrl-C sockets and timers may still be open; everything that matters is written by now.
if (isStopCode(code)) process.exit();
