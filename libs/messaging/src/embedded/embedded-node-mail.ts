import { Injectable } from '@nestjs/common';
import { NodeMail } from '../ports.js';

/** The one process is the only node. */
@Injectable()
export class EmbeddedNodeMail extends NodeMail {
  private readonly handlers = new Map<string, (message: unknown) => void>();

  override send(node: string, message: unknown): void {
    this.handlers.get(node)?.(message);
  }

  override receive(node: string, handler: (message: unknown) => void): Promise<void> {
    this.handlers.set(node, handler);
    return Promise.resolve();
  }
}
