import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#http-door';
import { CurrentCaller, Requires } from '#http-door';
import { type Currency, Money } from '#kernel';
import { Overview, type OverviewView } from '../queries/overview.js';

const hoursOfADay = Array.from({ length: 24 }, (_, hour) => hour);

class OverviewResponse {
  @ApiProperty({ example: '2026-11-23', description: 'In the time zone of the account.' }) readonly day: string;
  @ApiProperty({ enum: ['CAD', 'USD'] }) readonly currency: Currency;
  @ApiProperty({ description: '24 of them; refunds are in `approved` of no hour.' })
  readonly hours: readonly {
    readonly hour: number;
    readonly approved: number;
    readonly declined: number;
    readonly other: number;
  }[];
  @ApiProperty({ description: 'Purchases, tips included.' }) readonly approved: Sum;
  @ApiProperty() readonly refunded: Sum;
  @ApiProperty() readonly declined: { readonly count: number };
  @ApiProperty({ description: 'Under way, cancelled, not delivered, abandoned, failed, unknown.' })
  readonly other: { readonly count: number };
  @ApiProperty({ description: 'Of any day.' }) readonly unknown: { readonly count: number };

  constructor({ day, hours, unknown }: OverviewView, currency: Currency) {
    const total = (of: (hour: OverviewView['hours'][number]) => number): number =>
      hours.reduce((sum, hour) => sum + of(hour), 0);
    const money = (minor: number): number => Money.ofMinor(minor, currency).toDecimal();
    [this.day, this.currency] = [day, currency];
    this.hours = hoursOfADay.map((hour) => {
      const found = hours.find((one) => one.hour === hour);
      return { hour, approved: found?.purchases ?? 0, declined: found?.declined ?? 0, other: found?.other ?? 0 };
    });
    this.approved = { count: total((hour) => hour.purchases), amount: money(total((hour) => hour.amount)) };
    this.refunded = { count: total((hour) => hour.refunds), amount: money(total((hour) => hour.refundedAmount)) };
    this.declined = { count: total((hour) => hour.declined) };
    this.other = { count: total((hour) => hour.other) };
    this.unknown = { count: unknown };
  }
}

interface Sum {
  readonly count: number;
  /** Decimal units. */
  readonly amount: number;
}

@ApiTags('Console')
@Controller('console/v1/overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @Requires({ general: 'read' })
  @ApiOperation({ summary: "How the day goes, in the account's time zone" })
  @ApiOkResponse({ type: OverviewResponse })
  async read(@CurrentCaller() { accountId, timeZone, currency }: Caller): Promise<OverviewResponse> {
    return new OverviewResponse(await this.overview.today(accountId, timeZone), currency);
  }
}
