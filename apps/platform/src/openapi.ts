import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const description = [
  'Send payments to exactly one terminal and get a definite answer. Compatible with the published Smart Terminal API.',
  'Errors: `{"errors": ["Device Not Listening"], "code": "device_not_listening", "requestId": "…"}`.',
].join('\n\n');

/** The reference page at /docs and the document at /openapi.json; written when somebody asks for it first. */
export function describeApi(app: NestFastifyApplication): void {
  const builder = new DocumentBuilder()
    .setTitle('Tillgate')
    .setVersion('2')
    .setDescription(description)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'api-token' }, 'api-token')
    .addSecurityRequirements('api-token')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, builder), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Tillgate API',
  });
}
