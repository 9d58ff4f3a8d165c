import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * A card network that trusts nobody: a process of its own, which writes every authorisation to its own flushed file before it
 * answers, and answers a known key with its first answer. `node ledger-process.mjs FILE PORT`
 */
const [file, port] = process.argv.slice(2);
const out = openSync(file, 'a');
const answers = new Map();

const write = (entry) => {
  appendFileSync(out, `${JSON.stringify({ at: Date.now(), ...entry })}\n`);
  fsyncSync(out);
};

createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const { key, answer } = JSON.parse(text);
    const known = answers.get(key);
    if (request.url === '/resolve') {
      if (!known) answers.set(key, 'closed');
      response.end(JSON.stringify(known && known !== 'closed' ? known : null));
      return;
    }
    if (!known) {
      answers.set(key, answer);
      write({ key, ...answer });
    }
    const said = known ?? answer;
    response.end(
      JSON.stringify(said === 'closed' ? { ...answer, outcome: 'failed', declineReason: 'interrupted' } : said),
    );
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));

process.on('exit', () => closeSync(out));
