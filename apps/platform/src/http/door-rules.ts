import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type DoorRule, doorRuleKey } from '#http-door';

/** The platform does not start while a controller method does not state who may call it. */
@Injectable()
export class DoorRules implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype }) => this.methodsWithoutRule(metatype));
    if (open.length > 0) {
      throw new Error(`These methods do not state who may call them (@Requires, @Public, …): ${open.join(', ')}`);
    }
  }

  private methodsWithoutRule(controller: unknown): string[] {
    if (typeof controller !== 'function') return [];
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => this.isRouteWithoutRule(prototype[name]))
      .map((name) => `${controller.name}.${name}`);
  }

  private isRouteWithoutRule(method: (() => unknown) | undefined): boolean {
    if (!method) return false;
    const isRoute = this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, method) !== undefined;
    return isRoute && this.reflector.get<DoorRule | undefined>(doorRuleKey, method) === undefined;
  }
}
