import { type Endpoint, isSameEndpoint } from '../transport/connection/endpoint.js';

/**
 * Where phones were last read that redirect http to https: they are asked there at once, so that each later look needs one connection and one
 * request less. Forgotten as soon as a visit shows no phone there, as one that has changed its firmware may answer elsewhere.
 */
export class KnownEndpoints {
  readonly #secure = new Map<string, Endpoint>();

  /** @param usual endpoints to try, in order */
  constructor(private readonly usual: readonly Endpoint[]) {}

  /** Whether an address is asked first where its phone was read last. */
  has(address: string): boolean {
    return this.#secure.has(address);
  }

  /** The endpoints to try for an address, in order. */
  for(address: string): readonly Endpoint[] {
    const known = this.#secure.get(address);
    return known ? [known, ...this.usual.filter((endpoint) => !isSameEndpoint(endpoint, known))] : this.usual;
  }

  /** A visit has ended. @param readAt where it read a phone; `null`: it read none */
  visited(address: string, readAt: Endpoint | null): void {
    // With --scheme the user has chosen what is asked first.
    if (readAt?.scheme !== 'https' || this.usual.length < 2) return void this.#secure.delete(address);
    this.#secure.set(address, this.usual.find((endpoint) => isSameEndpoint(endpoint, readAt)) ?? readAt);
  }
}
