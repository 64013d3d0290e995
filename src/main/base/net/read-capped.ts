/** The body is larger than allowed; what was read of it is dropped. */
export class TooLarge extends Error {}

interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: unknown }>;
    cancel(): Promise<void>;
  };
}

/** Reads a decoded body to its end, but never more than `maxBytes` of it: a length a server declares proves nothing. */
export async function readCapped(
  body: ByteStream | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    if (!(read.value instanceof Uint8Array)) continue;
    length += read.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel();
      throw new TooLarge();
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
