import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { messagingSchema } from '#messaging';
import { BrokerConnection, BrokerModule, EventPublisher, MessagingSettings, NodeMail } from '#messaging/broker';
import { sharedBroker, type SharedBroker } from '../../support/broker.js';
import { aTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { aDeviceUnpaired, anApp, effectsOf, makeEffects, reactionOf } from './support.js';

/** Like a gateway process: it publishes and has a mailbox, and no database. */
async function aGateway(brokerUrl: string | null, prefix: string): Promise<INestApplicationContext> {
  @Global()
  @Module({
    providers: [{ provide: MessagingSettings, useValue: { brokerUrl, prefix } }],
    exports: [MessagingSettings],
  })
  class Wiring {}
  const module = await Test.createTestingModule({ imports: [Wiring, BrokerModule] }).compile();
  module.useLogger(false);
  return module.init();
}

describe('a gateway on its own', () => {
  let broker: SharedBroker;
  let database: TestDatabase;
  let gateway: INestApplicationContext;

  beforeEach(async () => {
    broker = sharedBroker();
    database = await aTestDatabase({ contexts: [messagingSchema] });
    await makeEffects(database.dataSource);
    gateway = await aGateway(broker.url, broker.prefix);
    await eventually('it is connected', () => gateway.get(BrokerConnection).isConnected);
  });
  afterEach(async () => {
    await gateway.close();
    await broker.clean(['alpha']);
    await database.drop();
  });

  it('is refused what no queue takes, and gets through as soon as a platform has declared its queue', async () => {
    const event = aDeviceUnpaired();
    await expect(gateway.get(EventPublisher).publish(event)).rejects.toThrow('no queue takes DeviceUnpaired');
    const road = { databaseUrl: database.url, brokerUrl: broker.url, prefix: broker.prefix };
    const platform = await anApp(road, [reactionOf('alpha')]);
    await eventually('the event is taken', async () => {
      await gateway.get(EventPublisher).publish(event);
    });
    await eventually('alpha has it', async () => {
      expect(await effectsOf(database.dataSource, 'alpha')).toEqual([event.id]);
    });
    await platform.stop();
  });

  it('gets the letters of a platform', async () => {
    const letters: unknown[] = [];
    await gateway.get(NodeMail).receive('node-1', (letter) => letters.push(letter));
    const road = { databaseUrl: database.url, brokerUrl: broker.url, prefix: broker.prefix };
    const platform = await anApp(road, [reactionOf('alpha')]);
    await eventually('a letter is there', () => {
      platform.app.get(NodeMail).send('node-1', { frame: 'payment.request' });
      return letters.length > 0;
    });
    expect(letters[0]).toEqual({ frame: 'payment.request' });
    await platform.stop();
  });
});

describe('a BROKER_URL that cannot be one', () => {
  it.each([null, '', 'localhost:5672', 'http://127.0.0.1:5672'])('%p stops the start with its name', async (url) => {
    await expect(aGateway(url, 'test')).rejects.toThrow('BROKER_URL');
  });
});
