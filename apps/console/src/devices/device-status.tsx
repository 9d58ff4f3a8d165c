import type { MantineColor } from '@mantine/core';
import type { Device } from '../api/devices.js';
import { StateBadge } from '../parts/state-badge.js';

export type Standing = 'locked' | 'ready' | 'online' | 'offline';

export function standingOf({ locked, listening, status }: Device): Standing {
  if (locked) return 'locked';
  if (listening) return 'ready';
  return status;
}

const looks: Readonly<Record<Standing, readonly [words: string, color: MantineColor]>> = {
  locked: ['Locked', 'red'],
  ready: ['Ready for payment', 'teal'],
  online: ['Online, not ready', 'yellow'],
  offline: ['Offline', 'gray'],
};

export const standingWords = (standing: Standing): string => looks[standing][0];

export function DeviceStatus({ device }: { readonly device: Device }) {
  const [words, color] = looks[standingOf(device)];
  return <StateBadge words={words} color={color} />;
}
