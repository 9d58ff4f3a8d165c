import { useEffect, useState } from 'react';

/** Milliseconds since 1970, anew four times a second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => {
      setNow(Date.now());
    }, 250);
    return () => {
      clearInterval(ticking);
    };
  }, []);
  return now;
}

/** Whole seconds that are left until then, never below 0. */
export const useSecondsUntil = (time: number): number => Math.max(0, Math.ceil((time - useNow()) / 1000));
