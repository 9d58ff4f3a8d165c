import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, RequiresAdministrator, RequiresManager, strictBody } from '#http-door';
import { AddUser } from '../application/add-user.js';
import { DeactivateUser } from '../application/deactivate-user.js';
import { UsersQuery } from '../queries/users.js';
import { NewUserRequest, UserResponse, UsersResponse } from './administration.messages.js';

@ApiTags('Console')
@Controller('console/v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersQuery,
    private readonly addUser: AddUser,
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

  @Delete(':id')
  @HttpCode(204)
  @RequiresAdministrator()
  @ApiOperation({ summary: 'End the access of a user: to the console at once, to terminals where they are logged in' })
  @ApiNoContentResponse()
  async deactivate(@CurrentCaller() { accountId, actor, role }: Caller, @Param('id') userId: string): Promise<void> {
    await this.deactivateUser.execute({ accountId, userId, by: { ...actor, role } });
  }
}
