import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { say } from './prepare.mjs';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Makes sure that there is a browser for the tests: installs it as root on Debian, and says what to do elsewhere. */
export function installChromium() {
  if (chromium()) return;
  say('Installing Chromium from the Debian packages …');
  aptInstall('chromium');
  if (!chromium())
    throw new Error(
      'There is no Chromium. On Debian: sudo apt-get install -y chromium. Elsewhere, name one with CHROMIUM_PATH=…',
    );
}

const chromium = () => places.find((path) => path !== undefined && existsSync(path));
