import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Mode, PublicKey } from '../domain/device-state.js';

@Entity({ schema: 'device_registry', name: 'device' })
export class DeviceRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('text', { name: 'serial_number' }) serialNumber!: string;
  @Column('text') model!: string;
  @Column('text', { name: 'app_version' }) appVersion!: string;
  @Column('jsonb', { name: 'public_key' }) publicKey!: PublicKey;
  @Column('text', { name: 'key_thumbprint' }) keyThumbprint!: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt!: Date;
  @Column('text', { name: 'registered_from' }) registeredFrom!: string;
  @Column('boolean', { name: 'network_checked' }) networkChecked!: boolean;
  @Column('boolean', { name: 'app_installed' }) appInstalled!: boolean;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('int', { name: 'last_session_number' }) lastSessionNumber!: number;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('text', { name: 'session_mode', nullable: true }) sessionMode!: Mode | null;
  @Column('uuid', { name: 'session_user_id', nullable: true }) sessionUserId!: string | null;
  @Column('timestamptz', { name: 'session_opened_at', nullable: true }) sessionOpenedAt!: Date | null;
  @Column('boolean') locked!: boolean;
  @Column('boolean') retired!: boolean;
}
