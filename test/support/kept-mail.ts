import { NodeMail } from '#messaging';
import { addressedFrame, type AddressedFrame } from '#terminal-protocol';

/** Keeps what was sent to gateways, each frame checked against the protocol. */
export class KeptMail extends NodeMail {
  readonly sent: (AddressedFrame & { readonly node: string })[] = [];

  override send(node: string, message: unknown): void {
    this.sent.push({ node, ...addressedFrame.parse(message) });
  }

  override receive(): Promise<void> {
    return Promise.resolve();
  }

  on(connectionId: string) {
    return this.sent.filter((one) => one.connectionId === connectionId).map((one) => one.frame);
  }
}
