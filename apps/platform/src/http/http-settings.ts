/** What the HTTP door of the platform must know. */
export abstract class HttpSettings {
  /** The platform's own origins; a browser on another one may not use the console's cookie. */
  abstract readonly origins: readonly string[];
}
