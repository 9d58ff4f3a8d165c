/** A port on loopback that nobody listens on at this moment, and that was not given before. */
export function freePort(): Promise<number>;
