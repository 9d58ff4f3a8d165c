export { FileAnswers } from './file-answers.js';
export { FileJournal } from './file-journal.js';
export { FileStore } from './file-store.js';
export { type HeadlessOptions, headlessTerminal, nodeSocket, untilState } from './headless-terminal.js';
