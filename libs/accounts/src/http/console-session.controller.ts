import { Body, Controller, Delete, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public, strictBody } from '#http-door';
import { EndConsoleSession } from '../application/end-console-session.js';
import { consoleSessionSeconds, OpenConsoleSession } from '../application/open-console-session.js';
import { AccountsSettings } from '../application/ports.js';
import { consoleSessionCookie, sessionCookieOf } from './console-session-cookie.js';
import { OpenConsoleSessionRequest } from './console-session.messages.js';

interface Reply {
  header(name: string, value: string): unknown;
}

@ApiTags('Console')
@Controller('console/v1/session')
export class ConsoleSessionController {
  constructor(
    private readonly openSession: OpenConsoleSession,
    private readonly endSession: EndConsoleSession,
    private readonly settings: AccountsSettings,
  ) {}

  @Post()
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
  @Delete()
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log out of the console' })
  @ApiNoContentResponse()
  async end(@Headers('cookie') cookies: string | undefined, @Res({ passthrough: true }) reply: Reply): Promise<void> {
    const cookie = sessionCookieOf(cookies);
    if (cookie !== undefined) await this.endSession.execute(cookie);
    this.setCookie(reply, '', 0);
  }

  private setCookie(reply: Reply, value: string, maxAge: number): void {
    const secure = this.settings.secureCookies ? '; Secure' : '';
    const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
    reply.header('set-cookie', `${consoleSessionCookie}=${value}; ${attributes}`);
  }
}
