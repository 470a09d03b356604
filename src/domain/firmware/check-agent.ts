/** What our own checks of a file server call themselves, so that `serve` does not take them for a phone that fetches. */
export const checkAgent = 'fleet-migrate';
