import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import type { ApiAccessView } from '../queries/api-accesses.js';
import type { AuditEntryView } from '../queries/audit-entries.js';
import type { UserView } from '../queries/users.js';

const roles = ['administrator', 'manager', 'staff'] as const;
const levels = ['none', 'read', 'write'] as const;
const processings = ['none', 'auth', 'positive_transaction', 'admin'] as const;

class UserCredentials {
  @ApiPropertyOptional({ type: String, nullable: true, format: 'email' })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'password', minLength: 10 })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  password?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '4711', description: '4 to 10 digits.' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  pin?: string | null;
}

/** With e-mail and password, or a PIN, or both; null says the same as leaving it out. */
export class NewUserRequest extends UserCredentials {
  @ApiProperty() @IsString() @MaxLength(80) name!: string;
  @ApiProperty({ enum: roles }) @IsIn(roles) role!: (typeof roles)[number];
}

/** What is left out, or null, stays. */
export class UserChangeRequest extends UserCredentials {
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsString() @MaxLength(80) name?: string | null;
  @ApiPropertyOptional({ enum: roles, nullable: true }) @IsOptional() @IsIn(roles) role?: (typeof roles)[number] | null;
}

export class PermissionsRequest {
  @ApiProperty({ enum: levels }) @IsIn(levels) general!: (typeof levels)[number];
  @ApiProperty({ enum: levels }) @IsIn(levels) settings!: (typeof levels)[number];
  @ApiProperty({ enum: processings }) @IsIn(processings) processing!: (typeof processings)[number];
}

export class NewApiAccessRequest {
  @ApiProperty({ example: 'Front till' }) @IsString() @MaxLength(80) name!: string;

  @ApiProperty({ type: PermissionsRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => PermissionsRequest)
  permissions!: PermissionsRequest;
}

/** Digits only: what else JavaScript takes for a number is refused as none. */
const wholeNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

export class AuditQuery {
  @ApiPropertyOptional({ description: 'What `next` said.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  before?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class UserResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly name: string;
  @ApiProperty({ type: String, nullable: true }) readonly email: string | null;
  @ApiProperty({ enum: roles }) readonly role: string;
  @ApiProperty() readonly active: boolean;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;

  constructor({ id, name, email, role, active, addedAt }: UserView) {
    [this.id, this.name, this.email, this.role, this.active] = [id, name, email, role, active];
    this.createdAt = addedAt.toISOString();
  }
}

export class UsersResponse {
  @ApiProperty({ type: [UserResponse] }) readonly data!: UserResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly next!: null;
}

export class ApiAccessResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly name: string;
  @ApiProperty({ type: PermissionsRequest }) readonly permissions: PermissionsRequest;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly lastUsedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly revokedAt: string | null;

  constructor({ id, name, general, settings, processing, createdAt, lastUsedAt, revokedAt }: ApiAccessView) {
    [this.id, this.name, this.permissions] = [id, name, { general, settings, processing }];
    this.createdAt = createdAt.toISOString();
    this.lastUsedAt = lastUsedAt?.toISOString() ?? null;
    this.revokedAt = revokedAt?.toISOString() ?? null;
  }
}

export class ApiAccessesResponse {
  @ApiProperty({ type: [ApiAccessResponse] }) readonly data!: ApiAccessResponse[];
  @ApiProperty({ type: String, nullable: true }) readonly next!: null;
}

export class NewApiAccessResponse {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ description: 'Shown this once.' }) readonly token!: string;
}

export class AuditEntryResponse {
  @ApiProperty() readonly id: number;
  @ApiProperty({ format: 'date-time' }) readonly at: string;
  @ApiProperty({ example: { kind: 'user', name: 'Ada' } })
  readonly actor: { readonly kind: string; readonly name: string };
  @ApiProperty({ example: 'device.locked' }) readonly action: string;
  @ApiProperty({ description: 'The id of what was changed.' }) readonly subjectId: string;
  @ApiProperty({ type: Object }) readonly facts: Readonly<Record<string, unknown>>;

  constructor({ id, at, actorKind, actorName, action, subjectId, facts }: AuditEntryView) {
    [this.id, this.at, this.actor] = [id, at.toISOString(), { kind: actorKind, name: actorName }];
    [this.action, this.subjectId, this.facts] = [action, subjectId, facts];
  }
}

export class AuditResponse {
  @ApiProperty({ type: [AuditEntryResponse] }) readonly data!: AuditEntryResponse[];
  @ApiProperty({ type: Number, nullable: true, description: 'To be sent as `before`; null: these were the oldest.' })
  readonly next!: number | null;
}
