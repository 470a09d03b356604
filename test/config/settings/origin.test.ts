import { describe, expect, it } from '@jest/globals';
import { describeOrigin, withOrigin } from '../../../src/config/settings/origin.js';

const sourced = {
  configPath: '/etc/f.yaml',
  origin: { 'http-port': 'file:12', concurrency: 'env', scheme: 'flag', 'step-up': 'file:3', output: 'default' },
} as const;

describe('where a value came from', () => {
  it.each([
    ['http-port', 'httpPort in /etc/f.yaml:12'],
    ['concurrency', 'FLEET_MIGRATE_CONCURRENCY'],
    ['scheme', '--scheme'],
    ['output', 'the default'],
    ['unheard-of', 'the default'],
  ])('is said for %s', (name, text) => {
    expect(describeOrigin(name, sourced)).toBe(text);
  });

  it.each([
    [
      '--http-port must be one whole number.',
      '--http-port must be one whole number (set by httpPort in /etc/f.yaml:12).',
    ],
    ['--concurrency is large.', '--concurrency is large (set by FLEET_MIGRATE_CONCURRENCY).'],
    ['--no-step-up does nothing.', '--no-step-up does nothing (set by stepUp in /etc/f.yaml:3).'],
    ['--scheme x is odd; see --http-port.', '--scheme x is odd; see --http-port (set by httpPort in /etc/f.yaml:12).'],
    ['--scheme x is odd.', '--scheme x is odd.'],
    ['--unheard-of is odd.', '--unheard-of is odd.'],
    ['Nothing about options.', 'Nothing about options.'],
  ])('is added to %j', (message, text) => {
    expect(withOrigin(message, sourced)).toBe(text);
  });
});
