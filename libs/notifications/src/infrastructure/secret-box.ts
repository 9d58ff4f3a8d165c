import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NotificationsSettings } from '../application/ports.js';

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with the platform's key: a stolen database signs nothing. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;

  constructor({ encryptionKey }: NotificationsSettings) {
    if (encryptionKey.length < 32) throw new Error('encryptionKey must have at least 32 bytes');
    this.key = encryptionKey.subarray(0, 32);
  }

  /** `owner` is bound to it: a box moved to another row does not open. */
  seal(secret: string, owner: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  open(box: Buffer, owner: string): string {
    const nonce = box.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(owner));
    decipher.setAuthTag(box.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(box.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  }
}
