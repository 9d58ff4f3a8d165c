import { describe, expect, it } from '@jest/globals';
import { compatibleTypes, inEnvelope, type PublicEvent, publicEventTypes, webhookOf } from './public-event.js';

const anEvent = (facts: Partial<PublicEvent>): PublicEvent => ({
  id: '01a2095d-5000-7408-83f0-e6b3f24488e8',
  type: 'payment.approved',
  sequence: 7,
  occurredAt: new Date('2026-11-23T17:06:30.120Z'),
  data: { amount: 10.99 },
  ...facts,
});
const bodyOf = (event: PublicEvent): unknown => JSON.parse(webhookOf(inEnvelope(event)).body);

describe('the body of a webhook', () => {
  it('is the one envelope for the added events', () => {
    expect(bodyOf(anEvent({}))).toEqual({
      id: '01a2095d-5000-7408-83f0-e6b3f24488e8',
      type: 'payment.approved',
      sequence: 7,
      occurredAt: '2026-11-23T17:06:30.120Z',
      data: { amount: 10.99 },
    });
  });

  it('has the published shapes, with nothing added, for the two compatible events', () => {
    const card = webhookOf(inEnvelope(anEvent({ type: 'cardTransaction', data: { id: '25764674' } })));
    expect(card.body).toBe('{"id":"25764674","type":"cardTransaction"}');
    const data = { cancelledAt: '2026-11-23T17:06:30Z', currency: 'CAD', deviceCode: 'NB7X' };
    expect(bodyOf(anEvent({ type: 'terminalCancel', data }))).toEqual({ type: 'terminalCancel', data });
  });

  it('goes under a message id that is made of the event alone: the same wherever and whenever it is sent', () => {
    const { messageId, type } = webhookOf(inEnvelope(anEvent({ sequence: 8 })));
    expect([messageId, type]).toEqual(['msg_01a2095d5000740883f0e6b3f24488e8', 'payment.approved']);
  });
});

describe('the types', () => {
  it('are named once each, the two compatible ones among them', () => {
    expect(new Set(publicEventTypes).size).toBe(publicEventTypes.length);
    expect(publicEventTypes).toEqual(expect.arrayContaining([...compatibleTypes]));
  });
});
