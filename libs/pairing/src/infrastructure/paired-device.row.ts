import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'pairing', name: 'device' })
export class PairedDeviceRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('int') sequence!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('bigint', { name: 'registry_sequence' }) registrySequence!: number;
  @Column('text', { name: 'serial_number' }) serialNumber!: string;
  @Column('text') model!: string;
  @Column('text', { name: 'app_version' }) appVersion!: string;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) location!: string | null;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('timestamptz', { name: 'paired_at', nullable: true }) pairedAt!: Date | null;
  @Column('boolean') continued!: boolean;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('bigint', { name: 'session_number', nullable: true }) sessionNumber!: number | null;
  @Column('text', { name: 'session_mode', nullable: true }) sessionMode!: 'api' | 'standalone' | null;
  @Column('bigint', { name: 'last_session_number' }) lastSessionNumber!: number;
  @Column('bigint', { name: 'unpaired_session_number' }) unpairedSessionNumber!: number;
  @Column('boolean') locked!: boolean;
  @Column('boolean') retired!: boolean;
  @Column('text', { nullable: true }) node!: string | null;
  @Column('uuid', { name: 'connection_id', nullable: true }) connectionId!: string | null;
  @Column('uuid', { name: 'connection_session_id', nullable: true }) connectionSessionId!: string | null;
  @Column('bigint', { name: 'connection_session_number', nullable: true }) connectionSessionNumber!: number | null;
  @Column('bigint', { name: 'connect_sequence', nullable: true }) connectSequence!: number | null;
  @Column('boolean') connected!: boolean;
  @Column('timestamptz', { name: 'connection_since', nullable: true }) connectionSince!: Date | null;
  /** Derived by the aggregate at each save, for the directory to read. */
  @Column('boolean') listening!: boolean;
}
