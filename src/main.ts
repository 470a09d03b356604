#!/usr/bin/env node
import { runCli } from './cli/run-cli.js';

process.exitCode = await runCli(process.argv.slice(2));
// After a second ctrl-C sockets and timers may still be open; everything that matters is written by now.
if (process.exitCode === 130 || process.exitCode === 143) process.exit();
