import { expect, it } from '@jest/globals';
import { Global, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { DatabaseModule, DatabaseSettings, UnitOfWork } from '#database';
import { aTestDatabase } from '../../support/database.js';

it('gives every module an open database, and closes it at shutdown', async () => {
  const database = await aTestDatabase({ contexts: [] });
  class Settings extends DatabaseSettings {
    readonly url = database.url;
    readonly contexts = [];
    readonly poolSize = 2;
  }
  @Global()
  @Module({ providers: [{ provide: DatabaseSettings, useClass: Settings }], exports: [DatabaseSettings] })
  class Wiring {}

  @Injectable()
  class Reader {
    constructor(readonly unitOfWork: UnitOfWork) {}
  }
  @Module({ providers: [Reader] })
  class Context {}

  const app = await Test.createTestingModule({ imports: [Wiring, DatabaseModule, Context] }).compile();
  await app.init();
  const { unitOfWork } = app.get(Reader, { strict: false });
  expect(await unitOfWork.run((tx) => tx.manager.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  const dataSource = app.get(DataSource, { strict: false });
  await app.close();
  expect(dataSource.isInitialized).toBe(false);
  await database.drop();
});
