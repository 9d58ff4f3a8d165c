import { Module } from '@nestjs/common';
import { AddUser } from './application/add-user.js';
import { CallerBySession } from './application/caller-by-session.js';
import { CallerByToken } from './application/caller-by-token.js';
import { ChangeOwnPassword } from './application/change-own-password.js';
import { ChangeSettings } from './application/change-settings.js';
import { ChangeUser } from './application/change-user.js';
import { CreateApiAccess } from './application/create-api-access.js';
import { DeactivateUser } from './application/deactivate-user.js';
import { EndConsoleSession } from './application/end-console-session.js';
import { FailureLimits } from './application/failure-limits.js';
import { LogInQueue } from './application/log-in-queue.js';
import { NewUsers } from './application/new-users.js';
import { OnDeviceManaged } from './application/on-device-managed.js';
import { OnPaymentResolved } from './application/on-payment-resolved.js';
import { OnSetUpCodeCreated } from './application/on-set-up-code-created.js';
import { OnWebhookManaged } from './application/on-webhook-managed.js';
import { OpenAccount } from './application/open-account.js';
import { EndEveryConsoleSession } from './application/end-every-console-session.js';
import { OpenConsoleSession } from './application/open-console-session.js';
import { PasswordCheck } from './application/password-check.js';
import { ResetPassword } from './application/reset-password.js';
import { RevokeApiAccess } from './application/revoke-api-access.js';
import { KeyedHashes } from './application/secrets.js';
import { SetApiMode } from './application/set-api-mode.js';
import { SweepExpired } from './application/sweep-expired.js';
import { TypedSecrets } from './application/typed-secrets.js';
import { VerifyPassword } from './application/verify-password.js';
import { VerifyPin } from './application/verify-pin.js';
import { ApiAccessesController } from './http/api-accesses.controller.js';
import { ApiModeController } from './http/api-mode.controller.js';
import { CardTerminalsController } from './http/card-terminals.controller.js';
import { ConnectionTestController } from './http/connection-test.controller.js';
import { ConsoleSessionController } from './http/console-session.controller.js';
import { SettingsController } from './http/settings.controller.js';
import { UsersController } from './http/users.controller.js';
import { AccountRepository } from './infrastructure/account.repository.js';
import { ApiAccessRepository } from './infrastructure/api-access.repository.js';
import { AuditLog } from './infrastructure/audit-log.js';
import { ConsoleSessions } from './infrastructure/console-sessions.js';
import { FailureCounters } from './infrastructure/failure-counters.js';
import { KnownCallers } from './infrastructure/known-callers.js';
import { KnownUsers } from './infrastructure/known-users.js';
import { PasswordHashes } from './infrastructure/password-hashes.js';
import { UserRepository } from './infrastructure/user.repository.js';
import { ApiAccessesQuery } from './queries/api-accesses.js';
import { ApiModeQuery } from './queries/api-mode.js';
import { AuditEntries } from './queries/audit-entries.js';
import { CardTerminals } from './queries/card-terminals.js';
import { ConsoleUserQuery } from './queries/console-user.js';
import { SettingsQuery } from './queries/settings.js';
import { UsersQuery } from './queries/users.js';

const administration = [
  OpenAccount,
  AddUser,
  ChangeUser,
  DeactivateUser,
  ResetPassword,
  SetApiMode,
  ChangeSettings,
  CreateApiAccess,
  RevokeApiAccess,
];
const whoIsThis = [VerifyPin, VerifyPassword, CallerByToken, CallerBySession];
const consoleSessions = [
  OpenConsoleSession,
  EndConsoleSession,
  EndEveryConsoleSession,
  ChangeOwnPassword,
  ConsoleSessions,
  SweepExpired,
];
const secrets = [
  PasswordCheck,
  PasswordHashes,
  LogInQueue,
  FailureLimits,
  FailureCounters,
  KeyedHashes,
  TypedSecrets,
  NewUsers,
];
const storage = [AccountRepository, UserRepository, ApiAccessRepository, AuditLog, KnownUsers, KnownCallers];
const queries = [
  UsersQuery,
  ApiAccessesQuery,
  AuditEntries,
  ApiModeQuery,
  ConsoleUserQuery,
  SettingsQuery,
  CardTerminals,
];

/** Accounts, their users and API accesses, API mode, and the answer to "who is this". */
@Module({
  controllers: [
    ConsoleSessionController,
    ApiModeController,
    SettingsController,
    ConnectionTestController,
    CardTerminalsController,
    UsersController,
    ApiAccessesController,
    OnDeviceManaged,
    OnPaymentResolved,
    OnSetUpCodeCreated,
    OnWebhookManaged,
  ],
  providers: [...administration, ...whoIsThis, ...consoleSessions, ...secrets, ...storage, ...queries],
  exports: [...administration, ...whoIsThis],
})
export class AccountsModule {}
