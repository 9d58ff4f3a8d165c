import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DeviceAuthentication, ForDevices, InvalidRequestError } from '#http-door';
import { paymentResultFields } from '#terminal-protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DeliverResults } from '../application/deliver-results.js';

const body = z.strictObject({ results: z.array(z.unknown()).min(1).max(32) });
const result = z.strictObject(paymentResultFields);

/** The device's way out when its connection is refused or ended: whatever lock, retirement, session or account. */
@ApiExcludeController()
@Controller('device/v1/results')
export class ResultsController {
  constructor(
    private readonly devices: DeviceAuthentication,
    private readonly deliverResults: DeliverResults,
  ) {}

  @Post()
  @HttpCode(200)
  @ForDevices()
  async deliver(@Req() request: FastifyRequest, @Body() sent: unknown): Promise<{ settled: string[] }> {
    const { method, headers, url } = request;
    const { deviceId } = await this.devices.byKey({ method, headers, url });
    const parsed = body.safeParse(sent);
    if (!parsed.success) throw new InvalidRequestError(problemsOf(parsed.error));
    return { settled: await this.deliverResults.execute(deviceId, readable(parsed.data.results)) };
  }
}

/** One that cannot be read strands none of the others. Throws when there is none else. */
function readable(results: readonly unknown[]) {
  const read = results.map((one) => result.safeParse(one));
  const good = read.flatMap(({ data }) => (data ? [data] : []));
  if (good.length > 0) return good;
  const problems = read.map(({ error }, index) => (error ? problemsOf(error, `results.${index}`) : {}));
  throw new InvalidRequestError(Object.assign({}, ...problems) as Record<string, string>);
}

const problemsOf = (error: z.ZodError, under?: string): Record<string, string> =>
  Object.fromEntries(
    error.issues.map(({ path }) => [[under, ...path].filter(Boolean).join('.') || 'results', 'missing or not valid']),
  );
