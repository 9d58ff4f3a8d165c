import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

export const forbiddenAddress = 'address_not_public';

/** All of IPv6 that is given out to the open internet (RFC 4291, 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Addresses of the open internet; loopback, private, link-local, carrier, documentation and tunnelled ones are not. */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast)) return false;
  return address.range() === 'unicast';
}

/** Names that only ever stand for this machine or this network, so that they are refused before anyone looks them up. */
export const isPrivateName = (hostname: string): boolean => /(?:^|\.)(?:localhost|local|internal)\.?$/.test(hostname);

/** As `dns.lookup`, but every address that the name has must be public; what is given is what is connected to. */
export function lookupPublic(hostname: string, options: LookupOptions, found: Found): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      found(error, []);
      return;
    }
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address))) found(refusal(), []);
    else if (options.all === true) found(null, addresses);
    else found(null, first.address, first.family);
  });
}

const refusal = (): NodeJS.ErrnoException =>
  Object.assign(new Error('the host has an address that is not public'), { code: forbiddenAddress });
