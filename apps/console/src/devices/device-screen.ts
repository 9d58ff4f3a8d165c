import type { Device } from '../api/devices.js';

/** What a terminal calls its screens, in words. */
const words: Readonly<Record<string, string>> = {
  starting: 'Starting',
  setup: 'First set-up',
  log_in: 'Log-in',
  registering: 'Asking for its code',
  code: 'Its code, waiting for Continue',
  ready: 'Ready to take payment',
  payment: 'A payment',
  processing: 'A card is being charged',
  approved: 'Approved',
  declined: 'Declined',
  failed: 'Failed',
  cancelled: 'Cancelled',
  timed_out: 'Nobody paid in time',
  logged_out: 'Logged out',
  locked: 'Locked',
  retired: 'Retired',
  update_required: 'An update is required',
  out_of_order: 'Out of order',
};

/** What is on the screen now; of a terminal that is offline nobody knows. */
export function screenOf({ status, screen, listening }: Device): string {
  if (status === 'offline' || screen === null) return 'Not known';
  // Continue is heard at once, the terminal tells its screen some seconds later.
  if (listening && screen === 'code') return screenWords('ready');
  return screenWords(screen);
}

const screenWords = (screen: string): string => words[screen] ?? screen.replaceAll('_', ' ');
