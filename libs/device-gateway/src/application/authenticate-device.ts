import { Injectable } from '@nestjs/common';
import { DeviceConnected, DeviceJournalReported } from '#contracts';
import { Clock } from '#kernel';
import { closeCodes, type DeviceFrameOf, type SessionClaims } from '#terminal-protocol';
import type { Connection } from '../domain/connection.js';
import { requireProof } from './connection-proof.js';
import { Links } from './links.js';
import { DeviceGatewaySettings } from './ports.js';
import { Reports } from './reports.js';
import { SessionTokens } from './session-tokens.js';
import type { Session, TerminalLink } from './terminal-link.js';

type Authenticate = DeviceFrameOf<'authenticate'>;

/** The device says who it is; the platform hears of the connection before the device hears `ready`. */
@Injectable()
export class AuthenticateDevice {
  constructor(
    private readonly settings: DeviceGatewaySettings,
    private readonly tokens: SessionTokens,
    private readonly links: Links,
    private readonly reports: Reports,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `already_authenticated`, `unauthenticated`, `superseded`, `unavailable`. */
  async execute(link: TerminalLink, frame: Authenticate): Promise<void> {
    link.startVerifying();
    const { origins } = this.settings;
    const { nonce, connectionId } = link;
    const claims = await this.tokens.read(frame.sessionToken);
    const { bootId, connectSequence } = frame;
    await requireProof(frame.proof, claims, { nonce, connectionId, bootId, connectSequence, origins });
    if (link.isEnded) return;
    const connection = connectionOf(this.settings.node, connectionId, claims, connectSequence);
    this.takeOver(link, { connection, publicKey: claims.cnf.jwk, tokenExpiresAt: claims.exp });
    await this.announce(link, connection, frame);
    link.becomeReady(this.clock.now().toISOString());
  }

  /** From here on mail for the connection arrives, so that what a context says to `DeviceConnected` is not lost. */
  private takeOver(link: TerminalLink, session: Session): void {
    const older = this.links.claim(link, session.connection);
    link.signIn(session);
    older?.close(closeCodes.superseded, 'a newer connection of this device is open');
  }

  private async announce(link: TerminalLink, connection: Connection, frame: Authenticate): Promise<void> {
    const { appVersion, bootId, screen, unsettled, journalLost = false } = frame;
    link.heard(frame);
    await this.reports.ofConnection(DeviceConnected, connection, { ...connection, appVersion, bootId, screen });
    await this.reports.ofConnection(DeviceJournalReported, connection, { ...connection, journalLost, unsettled });
  }
}

const connectionOf = (
  node: string,
  connectionId: string,
  { sub, account, session, sessionNumber }: SessionClaims,
  connectSequence: number,
): Connection => ({
  node,
  connectionId,
  deviceId: sub,
  accountId: account,
  sessionId: session,
  sessionNumber,
  connectSequence,
});
