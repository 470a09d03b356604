#!/usr/bin/env node
import { isatty } from 'node:tty';
import { mustExit } from './conduct/left-behind.js';
import { keepCompiled } from './cli/terminal/keep-compiled.js';
import { runCli } from './cli/run-cli.js';

keepCompiled();
const terminals = [0, 1, 2].filter((stream) => isatty(stream));
const code = (process.exitCode = await runCli(process.argv.slice(2)));
// On exit, Node aborts if it cannot reset a terminal that is gone. End by SIGHUP instead, as any program does when its terminal closes.
if (!terminals.every((stream) => isatty(stream))) process.kill(process.pid, 'SIGHUP');
// After a second ctrl-C, or one while a message was sent, sockets and timers may still be open; everything that matters is written by now.
if (mustExit(code)) process.exit();
