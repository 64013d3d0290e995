/** The body is larger than allowed; what is left of it is dropped. */
export class TooLarge extends Error {}

interface ByteReader {
  read(): Promise<{ done: boolean; value?: unknown }>;
  cancel(): Promise<void>;
}

interface Options {
  /** Most bytes of the decoded body: a length a server declares proves nothing. */
  readonly maxBytes: number;
  /** Names what broke the body off. */
  readonly failure: (thrown: unknown) => Error;
  /** Called once, when nothing of the body is left to come: at its end, its failure, or when it is cancelled. */
  readonly ended: () => void;
}

/** Passes a body on as it is read, one piece at a time and never more than the cap, and says when it is over. */
export function streamedBody(
  source: { getReader(): ByteReader },
  { maxBytes, failure, ended }: Options,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let length = 0;
  const nextPiece = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      if (!(value instanceof Uint8Array)) continue;
      length += value.byteLength;
      if (length > maxBytes) throw new TooLarge();
      return value as Uint8Array<ArrayBuffer>;
    }
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const piece = await nextPiece();
          if (piece !== undefined) {
            controller.enqueue(piece);
            return;
          }
          controller.close();
        } catch (thrown) {
          if (thrown instanceof TooLarge) void reader.cancel().catch(() => undefined);
          controller.error(failure(thrown));
        }
        ended();
      },
      async cancel() {
        ended();
        await reader.cancel().catch(() => undefined);
      },
    },
    // Nothing is read ahead of whoever reads: that is what holds a fast sender back.
    { highWaterMark: 0 },
  );
}
