import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { exportJWK, generateKeyPair } from 'jose';
import type { DomainEvent } from '#contracts';
import { newId } from '#kernel';
import { readConfig } from '../../../apps/gateway/src/gateway.config.js';
import { type RunningGateway, startGateway } from '../../../apps/gateway/src/gateway.js';
import { sharedBroker } from '../../support/broker.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../../scripts/free-port.mjs';
import { aRequest } from './support/a-gateway.js';
import type { TestSocket } from './support/a-socket.js';
import { aTerminal, connectionIdOf } from './support/a-terminal.js';

/** The gateway app on a real RabbitMQ; the platform is a queue that takes all events, and a server that has the keys. */
describe('the gateway as a process of its own', () => {
  const broker = sharedBroker();
  const queue = `${broker.prefix}.test`;
  const events: DomainEvent[] = [];
  let keys: Server;
  let keysAsked = 0;
  let connection: ChannelModel;
  let channel: Channel;
  let gateway: RunningGateway;
  let metricsPort: number;
  let where: { readonly port: number; readonly origin: string; readonly signingKey: CryptoKey };

  const named = (name: string) => events.filter((event) => event.name === name);
  const sayTo = async (socket: TestSocket, frame: object): Promise<void> => {
    const [alive] = named('GatewayAlive');
    const { node } = alive?.data as { node: string };
    const letter = { connectionId: await connectionIdOf(socket), frame };
    channel.sendToQueue(`${broker.prefix}.node.${node}`, Buffer.from(JSON.stringify(letter)));
  };

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    keys = createServer((request, response) => {
      keysAsked += 1;
      response.end(request.url === '/device/v1/keys' ? JSON.stringify({ keys: [jwk] }) : '');
    }).listen(0, '127.0.0.1');
    connection = await connect(broker.url);
    channel = await connection.createChannel();
    await channel.assertExchange(`${broker.prefix}.events`, 'topic', { durable: true });
    await channel.assertQueue(queue, { exclusive: true });
    await channel.bindQueue(queue, `${broker.prefix}.events`, '#');
    await channel.consume(queue, (message) => {
      if (message) events.push(JSON.parse(message.content.toString('utf8')) as DomainEvent);
    });
    await eventually('the platform listens', () => keys.listening);
    const port = await freePort();
    metricsPort = await freePort();
    gateway = await startGateway(
      readConfig({
        BROKER_URL: broker.url,
        BROKER_PREFIX: broker.prefix,
        PLATFORM_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}`,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        DRAIN_SECONDS: '1',
        LOG_LEVEL: 'silent',
      }),
    );
    where = { port, origin: `http://localhost:${port}`, signingKey: privateKey };
    await eventually('it is ready', async () => (await fetch(`${where.origin}/health/ready`)).ok);
  });
  afterAll(async () => {
    await gateway.stop();
    keys.close();
    await connection.close();
    await broker.clean([]);
  });

  it('takes devices by the keys of the platform, which it asks for once', async () => {
    await eventually('it lives', () => named('GatewayAlive').length > 0);
    for (const _ of [1, 2]) await (await aTerminal(where)).connect();
    await eventually('both are reported', () => named('DeviceConnected').length === 2);
    expect(keysAsked).toBe(1);
  });

  it('acknowledges what the broker has, and brings the mail of its node', async () => {
    const socket = await (await aTerminal(where)).connect();
    const request = aRequest();
    await sayTo(socket, request);
    expect(await socket.first('payment.request')).toEqual(request);
    const id = newId();
    socket.send({ type: 'payment.received', id, paymentId: request.paymentId, at: new Date().toISOString() });
    expect((await socket.first('ack')).of).toBe(id);
    await eventually('the event arrives', () => named('PaymentReceivedOnDevice').length === 1);
  });

  it('does not acknowledge what no queue of the platform takes', async () => {
    const socket = await (await aTerminal(where)).connect();
    await channel.unbindQueue(queue, `${broker.prefix}.events`, '#');
    socket.send({ type: 'payment.received', id: newId(), paymentId: newId(), at: new Date().toISOString() });
    expect(await socket.closed()).toBe(4503);
    expect(socket.all('ack')).toHaveLength(0);
    await channel.bindQueue(queue, `${broker.prefix}.events`, '#');
  });

  it('shows its metrics on a port of their own', async () => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(text).toMatch(/^tillgate_gateway_connections\{authenticated="true"\} 3$/m);
    expect(text).toMatch(/^tillgate_gateway_frames_total\{direction="in"\} [1-9]/m);
    expect(text).toMatch(/^tillgate_gateway_closes_total\{code="4503"\} 1$/m);
    expect((await fetch(`${where.origin}/metrics`)).status).toBe(404);
  });
});
