import type { MantineColor } from '@mantine/core';
import type { Device } from '../api/devices.js';
import { StateBadge } from '../parts/state-badge.js';

export type Standing = 'locked' | 'busy' | 'ready' | 'online' | 'offline';

export function standingOf({ locked, listening, status }: Device): Standing {
  if (locked) return 'locked';
  if (listening) return 'ready';
  return status;
}

const looks: Readonly<Record<Standing, readonly [words: string, color: MantineColor]>> = {
  locked: ['Locked', 'red'],
  busy: ['Busy with a payment', 'blue'],
  ready: ['Ready for payment', 'teal'],
  online: ['Online, not ready', 'yellow'],
  offline: ['Offline', 'gray'],
};

export function DeviceStatus(props: { readonly device: Device; readonly isBusy?: boolean }) {
  const { device, isBusy = false } = props;
  const standing = standingOf(device);
  const [words, color] = looks[isBusy && standing === 'ready' ? 'busy' : standing];
  return <StateBadge words={words} color={color} />;
}
