#!/usr/bin/env node
import { build, install, requireNode, root } from './prepare.mjs';

requireNode();
install();
await build();
await import(`${root}dist/apps/cli/src/main.js`);
