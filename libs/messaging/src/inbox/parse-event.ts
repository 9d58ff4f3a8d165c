import { catalogue, type DomainEvent, envelope } from '#contracts';
import { z } from 'zod';
import { BadMessage } from './bad-message.js';

/** Checks the envelope, and the data against the contract of that name; what the contract does not know is left out. */
export function parseEvent(message: unknown): DomainEvent {
  const event = checked(envelope, message, 'envelope');
  const contract = catalogue.get(event.name);
  if (!contract) throw new BadMessage('an event that the catalogue does not know');
  return { ...event, data: checked(contract.data, event.data, contract.name) };
}

/** UTF-8 JSON from the wire. */
export function readEvent(content: Buffer): DomainEvent {
  return parseEvent(json(content));
}

function json(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    throw new BadMessage('not JSON');
  }
}

/** The problem names fields and never repeats their values. */
function checked<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new BadMessage(`${what}: ${z.prettifyError(result.error)}`);
}
