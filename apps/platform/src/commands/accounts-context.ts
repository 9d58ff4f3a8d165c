import 'reflect-metadata';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccountsModule, AccountsSettings, accountsSchema } from '#accounts';
import { DatabaseModule, DatabaseSettings } from '#database';
import { Clock, SystemClock } from '#kernel';
import { messagingSchema, Outbox, StoredOutbox } from '#messaging';

@Module({})
class AccountsOnly {}

@Module({})
class AccountsRoot {}

export interface AccountsNeeds {
  readonly databaseUrl: string;
  readonly pinKey: Buffer;
}

/** The accounts context alone, beside a running platform: what it says is published by the platform. */
export function openAccounts({ databaseUrl, pinKey }: AccountsNeeds): Promise<INestApplicationContext> {
  const contexts = [messagingSchema, accountsSchema];
  const settings = [
    { provide: Clock, useClass: SystemClock },
    { provide: DatabaseSettings, useValue: { url: databaseUrl, contexts, poolSize: 2 } },
    { provide: AccountsSettings, useValue: { pinKey, secureCookies: false } },
    { provide: Outbox, useClass: StoredOutbox },
  ];

  const global = {
    module: AccountsOnly,
    global: true,
    providers: settings,
    exports: settings.map((one) => one.provide),
  };
  const root = { module: AccountsRoot, imports: [global, DatabaseModule, AccountsModule] };
  return NestFactory.createApplicationContext(root, { logger: ['error', 'warn'], abortOnError: false });
}
