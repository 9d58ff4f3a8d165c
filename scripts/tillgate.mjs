#!/usr/bin/env node
import { build, install, requireNode, root } from './prepare.mjs';

requireNode();
install();
build();
await import(`${root}dist/apps/cli/src/main.js`);
