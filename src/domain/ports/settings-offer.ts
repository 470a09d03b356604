/** A small profile that one phone may fetch from us until it is withdrawn. */
export interface SettingsOffer {
  /** What the phone is told. */
  url: string;
  /** How often the phone has fetched it. */
  readonly fetched: number;
  /** Ends the offer: the document is no longer served. */
  withdraw(): void;
}

/** Serves settings to phones that are told to fetch them; `src/phones/direct/settings-server.ts` does it for real. */
export interface SettingsOffers {
  /**
   * Offers a document to one phone at an address that cannot be guessed.
   * @param phone the phone's own IP address: requests from others are refused
   * @param ourAddress our end of the connection to that phone, an address that it can certainly reach
   */
  offer(document: string, phone: string, ourAddress: string): SettingsOffer;
}
