#!/usr/bin/env node
import { isatty } from 'node:tty';
import { isStopCode } from './cli/terminal/exit-code.js';
import { runCli } from './cli/run-cli.js';

const terminals = [0, 1, 2].filter((stream) => isatty(stream));
const code = (process.exitCode = await runCli(process.argv.slice(2)));
// Node aborts at its end where it cannot set a terminal back that is gone: better what a lost terminal does to every program.
if (!terminals.every((stream) => isatty(stream))) process.kill(process.pid, 'SIGHUP');
// After a second ctrl-C sockets and timers may still be open; everything that matters is written by now.
if (isStopCode(code)) process.exit();
