export { type BrowserHome, browserSocket, deleteBrowserHome, openBrowserHome } from './browser-home.js';
