/** What a device's request shows: method and URL as the device sees them, and the proof (RFC 9449) and token it sent. */
export interface DeviceRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly url: string;
}

export interface SignedInDevice {
  readonly deviceId: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly mode: 'api' | 'standalone';
}

/** Answers "which device is this" for contexts other than the registry; the registry answers it. Both reject with a DomainError. */
export abstract class DeviceAuthentication {
  /** By its key alone: whatever lock, retirement, session or account. */
  abstract byKey(request: DeviceRequest): Promise<{ readonly deviceId: string }>;
  /** By its key and an unexpired token of an open session. */
  abstract bySession(request: DeviceRequest): Promise<SignedInDevice>;
}
