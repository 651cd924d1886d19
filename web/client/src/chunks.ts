import { cannotOpen, truncated } from "./error.js";
import { type Bytes, type Faults, type Pull, type Source, sticky } from "./source.js";

/** The most plaintext that one chunk carries. */
export const MAX_CHUNK_BYTES = 16384;
/** The tag that AES-256-GCM appends. */
export const TAG_BYTES = 16;

export const AAD_CHUNK: Bytes = new Uint8Array(0);
export const AAD_FINAL: Bytes = new TextEncoder().encode("final");

/** Faults of a sealed stream. */
export const sealedFaults: Faults = { early: truncated, length: cannotOpen };

/** Opens one chunk; the nonce is the opener's to count. Rejects what does not authenticate. */
export type Open = (sealed: Bytes, aad: Bytes) => Promise<Bytes>;

/** Takes the plaintext of a chunk apart, if there is more in it than the stream. */
export type Unpack = (plain: Bytes, final: boolean) => Bytes;

/**
 * Opens the chunks of a message. It ends only after a final chunk was authenticated that reached to the end of the message;
 * every other end is an error.
 */
export function openChunks(src: Source, open: Open, unpack: Unpack = (plain) => plain): Pull {
  let final = false;
  return sticky(async () => {
    while (!final) {
      const length = await src.varint();
      if (length === undefined) throw truncated();
      final = length === 0;
      // An empty chunk that is not the last says nothing and costs an AEAD operation.
      if (!final && (length <= TAG_BYTES || length > MAX_CHUNK_BYTES + TAG_BYTES)) throw cannotOpen();
      const sealed = final ? await takeFinal(src) : await src.take(length);
      let plain: Bytes;
      try {
        plain = await open(sealed, final ? AAD_FINAL : AAD_CHUNK);
      } catch {
        throw cannotOpen();
      }
      plain = unpack(plain, final);
      if (plain.length > 0) return plain;
    }
    return undefined;
  });
}

/** The final chunk, which reaches to the end of the message. */
async function takeFinal(src: Source): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  for (;;) {
    const part = await src.some(MAX_CHUNK_BYTES + TAG_BYTES + 1 - size);
    if (part === undefined) break;
    parts.push(part);
    size += part.length;
    if (size > MAX_CHUNK_BYTES + TAG_BYTES) throw cannotOpen();
  }
  if (size < TAG_BYTES) throw truncated();
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
