import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseSettings } from './database-settings.js';
import { openDatabase } from './open-database.js';
import { UnitOfWork } from './unit-of-work.js';

/** Gives every context its `DataSource` and `UnitOfWork`; open and migrated before anything else starts. */
@Global()
@Module({
  providers: [{ provide: DataSource, useFactory: openDatabase, inject: [DatabaseSettings] }, UnitOfWork],
  exports: [DataSource, UnitOfWork],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
