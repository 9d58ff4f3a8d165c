import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, RequiresAdministrator, RequiresManager, strictBody } from '#http-door';
import { AddUser } from '../application/add-user.js';
import { ChangeUser } from '../application/change-user.js';
import { DeactivateUser } from '../application/deactivate-user.js';
import { UsersQuery } from '../queries/users.js';
import { NewUserRequest, UserChangeRequest, UserResponse, UsersResponse } from './administration.messages.js';

@ApiTags('Console')
@Controller('console/v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersQuery,
    private readonly addUser: AddUser,
    private readonly changeUser: ChangeUser,
    private readonly deactivateUser: DeactivateUser,
  ) {}

  @Get()
  @RequiresManager()
  @ApiOperation({ summary: 'The people of the account' })
  @ApiOkResponse({ type: UsersResponse })
  async all(@CurrentCaller() { accountId }: Caller): Promise<UsersResponse> {
    const users = await this.users.all(accountId);
    return { data: users.map((user) => new UserResponse(user)), next: null };
  }

  @Post()
  @RequiresAdministrator()
  @ApiOperation({ summary: 'A new user, with e-mail and password, or a PIN for terminals, or both' })
  @ApiCreatedResponse({ type: UserResponse })
  async add(
    @CurrentCaller() { accountId, actor, role }: Caller,
    @Body(strictBody) { name, role: as, email, password, pin }: NewUserRequest,
  ): Promise<UserResponse> {
    const wanted = { name, role: as, email: email ?? null, password: password ?? null, pin: pin ?? null };
    const { userId } = await this.addUser.execute({ ...wanted, accountId, by: { ...actor, role } });
    return new UserResponse(await this.users.get(accountId, userId));
  }

  @Patch(':id')
  @RequiresAdministrator()
  @ApiOperation({
    summary: 'Change a user; what is left out stays',
    description: 'A new password ends their console sessions. Your own password you change at `/console/v1/password`.',
  })
  @ApiOkResponse({ type: UserResponse })
  async change(
    @CurrentCaller() { accountId, actor, role }: Caller,
    @Param('id') userId: string,
    @Body(strictBody) { name, role: as, email, password, pin }: UserChangeRequest,
  ): Promise<UserResponse> {
    const wanted = { name, role: as, email, password, pin };
    await this.changeUser.execute({ ...wanted, accountId, userId, by: { ...actor, role } });
    return new UserResponse(await this.users.get(accountId, userId));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresAdministrator()
  @ApiOperation({ summary: 'End the access of a user: to the console at once, to terminals where they are logged in' })
  @ApiNoContentResponse()
  async deactivate(@CurrentCaller() { accountId, actor, role }: Caller, @Param('id') userId: string): Promise<void> {
    await this.deactivateUser.execute({ accountId, userId, by: { ...actor, role } });
  }
}
