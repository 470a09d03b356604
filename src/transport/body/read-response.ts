/** The body of a fetched response, read to its end or to a bound; what comes after the bound is not waited for. */
export async function readUpTo(response: Response, maxBytes: number): Promise<{ body: Uint8Array; tooLarge: boolean }> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size <= maxBytes) continue;
    await reader?.cancel();
    return { body: Buffer.concat(pieces).subarray(0, maxBytes), tooLarge: true };
  }
  return { body: Buffer.concat(pieces), tooLarge: false };
}
