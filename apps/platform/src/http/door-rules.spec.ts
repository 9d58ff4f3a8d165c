import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { ForDevices, Public, Requires, RequiresAdministrator } from '#http-door';
import { DoorRules } from './door-rules.js';

@Controller('guarded')
class Guarded {
  @Get() @Requires() any() {
    return this.help();
  }
  @Post() @Requires({ settings: 'write' }) some() {
    return 2;
  }
  @Get('a') @RequiresAdministrator() administrators() {
    return 3;
  }
  @Get('d') @ForDevices() devices() {
    return 4;
  }
  @Get('p') @Public() all() {
    return 5;
  }
  /** No route. */
  help() {
    return 1;
  }
}

@Controller('open')
class Open {
  @Get() @Public() known() {
    return 1;
  }
  @Get('list') list() {
    return 2;
  }
  @Post() create() {
    return 3;
  }
}

class Base {
  @Get('inherited') inherited() {
    return 1;
  }
}

@Controller('heir')
class Heir extends Base {}

@Module({ controllers: [Open] })
class Deep {}

async function started({ controllers = [], imports = [] }: { controllers?: unknown[]; imports?: unknown[] }) {
  const metadata = { imports: [DiscoveryModule, ...imports], controllers, providers: [DoorRules] };
  const module = await Test.createTestingModule(metadata as Parameters<typeof Test.createTestingModule>[0]).compile();
  await module.init();
  await module.close();
  return 'started';
}

describe('the platform', () => {
  it('starts when each route states who may call it; other methods need not', async () => {
    expect(await started({ controllers: [Guarded] })).toBe('started');
  });

  it('does not start while a route does not, and names all that do not', async () => {
    await expect(started({ controllers: [Guarded, Open] })).rejects.toThrow(/: Open\.list, Open\.create$/);
  });

  it('looks into every module', async () => {
    await expect(started({ imports: [Deep] })).rejects.toThrow('Open.list');
  });

  it('looks at inherited routes as well', async () => {
    await expect(started({ controllers: [Heir] })).rejects.toThrow('Heir.inherited');
  });
});
