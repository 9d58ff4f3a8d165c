import { useEffect, useState } from 'react';
import type { TerminalState } from '#terminal-sdk';

const shownMs = 4_000;
const tones = [880, 1_320] as const;
const toneSeconds = 0.16;

/** Two tones. A browser that was not touched yet stays silent. */
function sound(): void {
  const context = new AudioContext();
  tones.forEach((frequency, index) => {
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0.15 });
    tone.connect(volume).connect(context.destination);
    const at = context.currentTime + index * toneSeconds;
    tone.start(at);
    tone.stop(at + toneSeconds);
  });
  setTimeout(() => void context.close(), 1_000);
}

/** The ping that is to be shown now, with its sound; null: none. */
export function usePing(ping: TerminalState['ping']): TerminalState['ping'] {
  const [over, setOver] = useState<string | null>(null);
  const pingId = ping?.pingId;
  useEffect(() => {
    if (pingId === undefined) return;
    sound();
    const ending = setTimeout(setOver, shownMs, pingId);
    return () => {
      clearTimeout(ending);
    };
  }, [pingId]);
  return ping && ping.pingId !== over ? ping : null;
}
