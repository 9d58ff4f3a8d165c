/** What an app tells the messaging library. */
export abstract class MessagingSettings {
  /** `amqp://…`; null: events are delivered in process. */
  abstract readonly brokerUrl: string | null;
  /** Stands before every exchange and queue name, so that several platforms can share a broker. */
  abstract readonly prefix: string;
}
