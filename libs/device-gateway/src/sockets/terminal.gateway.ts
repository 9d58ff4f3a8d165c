import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Clock, newId } from '#kernel';
import { type DeviceFrameOf, type FrameOf, limits } from '#terminal-protocol';
import { AuthenticateDevice } from '../application/authenticate-device.js';
import type { ReportedFrame } from '../application/published-events.js';
import { RenewToken } from '../application/renew-token.js';
import { ReportMessage } from '../application/report-message.js';
import { ReportStatus } from '../application/report-status.js';
import { TerminalErrorsFilter } from './terminal-errors.filter.js';
import type { TerminalSocket } from './terminal-socket.js';

/** Every message that a device may send. What a method answers goes to the device; what it throws is refused. */
@WebSocketGateway({ path: limits.path })
@UseFilters(TerminalErrorsFilter)
export class TerminalGateway {
  constructor(
    private readonly authenticateDevice: AuthenticateDevice,
    private readonly renewToken: RenewToken,
    private readonly reportStatus: ReportStatus,
    private readonly reportMessage: ReportMessage,
    private readonly clock: Clock,
  ) {}

  @SubscribeMessage('authenticate')
  async authenticate(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'authenticate'>,
  ): Promise<void> {
    await this.authenticateDevice.execute(link, frame);
  }

  @SubscribeMessage('token')
  async token(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'token'>,
  ): Promise<void> {
    await this.renewToken.execute(link, frame);
  }

  /** The device waits for the answer; the platform may be slow to take the status. */
  @SubscribeMessage('heartbeat')
  async heartbeat(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'heartbeat'>,
  ): Promise<void> {
    link.send({ type: 'heartbeat.ack', id: newId(), serverTime: this.clock.now().toISOString() });
    await this.reportStatus.execute(link, frame);
  }

  @SubscribeMessage('status')
  async status(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'status'>,
  ): Promise<void> {
    await this.reportStatus.execute(link, frame);
  }

  @SubscribeMessage('continue')
  async continue(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'continue'>,
  ): Promise<void> {
    await this.reportMessage.execute(link, frame);
  }

  @SubscribeMessage('ping.shown')
  async pingShown(
    @ConnectedSocket() { link }: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'ping.shown'>,
  ): Promise<void> {
    await this.reportMessage.execute(link, frame);
  }

  @SubscribeMessage('payment.received')
  paymentReceived(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.received'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.shown')
  paymentShown(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.shown'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.refused')
  paymentRefused(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.refused'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.begin')
  paymentBegin(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.begin'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.not_started')
  notStarted(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.not_started'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.result')
  paymentResult(@ConnectedSocket() socket: TerminalSocket, @MessageBody() frame: DeviceFrameOf<'payment.result'>) {
    return this.acknowledged(socket, frame);
  }

  @SubscribeMessage('payment.cancelled')
  paymentCancelled(
    @ConnectedSocket() socket: TerminalSocket,
    @MessageBody() frame: DeviceFrameOf<'payment.cancelled'>,
  ) {
    return this.acknowledged(socket, frame);
  }

  /** The `ack` is a promise that the platform has the message: it comes only after the broker's own. */
  private async acknowledged({ link }: TerminalSocket, frame: ReportedFrame): Promise<FrameOf<'ack'>> {
    await this.reportMessage.execute(link, frame);
    return { type: 'ack', id: newId(), of: frame.id };
  }
}
