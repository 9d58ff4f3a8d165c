import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Public, RequiresConsole, strictBody } from '#http-door';
import { ChangeOwnPassword } from '../application/change-own-password.js';
import { EndConsoleSession } from '../application/end-console-session.js';
import { EndEveryConsoleSession } from '../application/end-every-console-session.js';
import { consoleSessionSeconds, OpenConsoleSession } from '../application/open-console-session.js';
import { AccountsSettings } from '../application/ports.js';
import { consoleSessionCookie, sessionCookieOf } from './console-session-cookie.js';
import { ConsoleUserQuery } from '../queries/console-user.js';
import { ConsoleSessionResponse, OpenConsoleSessionRequest, OwnPasswordRequest } from './console-session.messages.js';

interface Reply {
  header(name: string, value: string): unknown;
}

@ApiTags('Console')
@Controller('console/v1')
export class ConsoleSessionController {
  constructor(
    private readonly openSession: OpenConsoleSession,
    private readonly endSession: EndConsoleSession,
    private readonly endEvery: EndEveryConsoleSession,
    private readonly changeOwnPassword: ChangeOwnPassword,
    private readonly users: ConsoleUserQuery,
    private readonly settings: AccountsSettings,
  ) {}

  @Get('session')
  @RequiresConsole()
  @ApiOperation({ summary: 'Who is logged in, and what they may do' })
  @ApiOkResponse({ type: ConsoleSessionResponse })
  async read(@CurrentCaller() caller: Caller): Promise<ConsoleSessionResponse> {
    return new ConsoleSessionResponse(caller, await this.users.of(caller.accountId, caller.actor.id));
  }

  @Post('session')
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log in to the console; the session is in an HttpOnly cookie' })
  @ApiNoContentResponse()
  async open(
    @Body(strictBody) body: OpenConsoleSessionRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<void> {
    const { token } = await this.openSession.execute(body);
    this.setCookie(reply, token, consoleSessionSeconds);
  }

  /** Public, for who logs out must not have to be logged in: it is 204 either way. */
  @Delete('session')
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log out of the console' })
  @ApiNoContentResponse()
  async end(@Headers('cookie') cookies: string | undefined, @Res({ passthrough: true }) reply: Reply): Promise<void> {
    const cookie = sessionCookieOf(cookies);
    if (cookie !== undefined) await this.endSession.execute(cookie);
    this.setCookie(reply, '', 0);
  }

  @Delete('sessions')
  @HttpCode(204)
  @RequiresConsole()
  @ApiOperation({ summary: 'Log out of the console everywhere' })
  @ApiNoContentResponse()
  async endAll(@CurrentCaller() { actor }: Caller, @Res({ passthrough: true }) reply: Reply): Promise<void> {
    await this.endEvery.execute(actor.id);
    this.setCookie(reply, '', 0);
  }

  @Put('password')
  @HttpCode(204)
  @RequiresConsole()
  @ApiOperation({ summary: 'Take another password; the own sessions elsewhere end' })
  @ApiNoContentResponse()
  async changePassword(
    @CurrentCaller() { accountId, actor, role }: Caller,
    @Headers('cookie') cookies: string | undefined,
    @Body(strictBody) { currentPassword, password }: OwnPasswordRequest,
  ): Promise<void> {
    const cookie = sessionCookieOf(cookies) ?? '';
    const by = { ...actor, role };
    await this.changeOwnPassword.execute({ accountId, by, currentPassword, password, cookie });
  }

  private setCookie(reply: Reply, value: string, maxAge: number): void {
    const secure = this.settings.secureCookies ? '; Secure' : '';
    const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
    reply.header('set-cookie', `${consoleSessionCookie}=${value}; ${attributes}`);
  }
}
