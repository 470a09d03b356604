// The two parts of undici that the command uses. Its entry loads all of it, fetch, WebSocket and caches, 740 KB of a bundle: these are less than half of that.
export { default as Agent } from '../node_modules/undici/lib/dispatcher/agent.js';
export { default as Client } from '../node_modules/undici/lib/dispatcher/client.js';
