import { get } from 'node:http';

/** A reader of the stream; `onEvent` gets the data of each event. */
export function openStream(
  url: string,
  token: string,
  onEvent: (event: unknown) => void = () => undefined,
): { readonly opened: Promise<void>; close(): void } {
  let text = '';
  let begin: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (begin = resolve));
  const request = get(url, { agent: false, headers: { 'api-token': token } }, (response) => {
    response.on('data', (chunk: Buffer) => {
      begin();
      text += chunk.toString('utf8');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        if (data !== undefined) onEvent(JSON.parse(data));
        text = text.slice(end + 2);
      }
    });
    response.on('error', () => undefined);
  });
  request.on('error', () => undefined);
  return {
    opened,
    close: () => {
      request.destroy();
    },
  };
}
