#!/usr/bin/env node
import { createRequire } from 'node:module';
import { main } from './cli/main.js';
import { outliveReaders } from './cli/output.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

outliveReaders();
main(process.argv.slice(2), version).then((code) => {
  // The code of a pipe that was closed early must not hide this one.
  process.exitCode = code;
});
