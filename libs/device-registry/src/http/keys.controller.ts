import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#http-door';
import type { JSONWebKeySet } from 'jose';
import { SessionTokens } from '../application/session-tokens.js';

@ApiExcludeController()
@Controller('device/v1/keys')
export class KeysController {
  constructor(private readonly tokens: SessionTokens) {}

  /** The public keys that session tokens are signed with (RFC 7517). */
  @Get()
  @Public()
  @Header('cache-control', 'public, max-age=60')
  keys(): Promise<JSONWebKeySet> {
    return this.tokens.publicKeys();
  }
}
