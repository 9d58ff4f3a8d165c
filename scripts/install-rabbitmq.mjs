import { aptInstall } from './apt.mjs';
import { say } from './prepare.mjs';
import { rabbitmqIsInstalled } from './rabbitmq.mjs';

/** Makes sure that a RabbitMQ can be started here: installs it as root on Debian, and says what to run elsewhere. */
export async function installRabbitmq() {
  if (rabbitmqIsInstalled()) return;
  say('Installing RabbitMQ from the Debian packages …');
  aptInstall('rabbitmq-server');
  if (rabbitmqIsInstalled()) return;
  throw new Error(
    'RabbitMQ is not installed. On Debian or Ubuntu: sudo apt-get install -y rabbitmq-server. Elsewhere, name one with BROKER_URL=amqp://…',
  );
}
