// The two parts of undici that the command uses. Its entry loads all of it, fetch, WebSocket and caches: a third of what an audit loads.
export { default as Agent } from '../node_modules/undici/lib/dispatcher/agent.js';
export { default as Client } from '../node_modules/undici/lib/dispatcher/client.js';
