import { Controller, Get, Headers, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, preferredWait, Requires, strictBody, untilGone } from '#http-door';
import { InvalidFieldError } from '#kernel';
import type { FastifyReply } from 'fastify';
import { EventLogReader } from '../queries/event-log-reader.js';
import { FollowLog } from '../queries/follow-log.js';
import { LogWatch } from '../queries/log-watch.js';
import { EventsQuery, EventsResponse, StreamQuery, wantedTypes } from './events.messages.js';
import { eventStream } from './event-stream.js';
import { lastEventId } from './last-event-id.js';

const defaultLimit = 100;

@ApiTags('Events')
@Controller('v2/events')
export class EventsController {
  constructor(
    private readonly watch: LogWatch,
    private readonly log: FollowLog,
    private readonly reader: EventLogReader,
  ) {}

  @Get()
  @Requires({ general: 'read' })
  @ApiOperation({ summary: "The account's events in order, from a cursor on or back from one" })
  @ApiHeader({ name: 'prefer', required: false, description: 'wait=30 answers as soon as there is an event.' })
  @ApiOkResponse({ type: EventsResponse })
  async list(
    @CurrentCaller() { accountId }: Caller,
    @Query(strictBody) { after, before, limit = defaultLimit, types: named }: EventsQuery,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventsResponse> {
    const types = wantedTypes(named);
    if (before !== undefined) {
      if (after !== undefined) throw new InvalidFieldError('before', 'cannot be used together with after');
      return new EventsResponse(await this.reader.readBack({ accountId, before, types }, limit));
    }
    const position = { accountId, after: after ?? 0, types };
    return new EventsResponse(await this.watch.next(position, limit, preferredWait(prefer), untilGone(reply)));
  }

  @Get('stream')
  @Requires({ general: 'read' })
  @ApiOperation({ summary: 'The same as a stream of server-sent events; without a cursor, from now on' })
  @ApiHeader({ name: 'last-event-id', required: false, description: 'The sequence that was received last.' })
  @ApiProduces('text/event-stream')
  async stream(
    @CurrentCaller() { accountId }: Caller,
    @Query(strictBody) { after, types }: StreamQuery,
    @Headers('last-event-id') lastId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const from = lastEventId(lastId) ?? after;
    const position = { accountId, after: from ?? null, types: wantedTypes(types) };
    const pages = await this.log.follow(position, untilGone(reply));
    void reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    return new StreamableFile(eventStream(pages), { type: 'text/event-stream; charset=utf-8' });
  }
}
