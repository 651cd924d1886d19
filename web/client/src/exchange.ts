import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { asksForCells, CellReader } from "./cells.js";
import { AAD_CHUNK, AAD_FINAL, MAX_CHUNK_BYTES, type Open, openChunks, sealedFaults, TAG_BYTES } from "./chunks.js";
import { EnvelopeError, truncated } from "./error.js";
import { AEAD, KDF, KEM_XWING, type KeyConfig } from "./key.js";
import { type OuterBody, outerRequest, readOuter } from "./outer.js";
import { encodeRequest, type InnerRequest } from "./request.js";
import { readResponse } from "./response.js";
import { type Bytes, type Pull, Source, sticky, varint } from "./source.js";

// Labels of the chunked media types, draft-ietf-ohai-chunked-ohttp-08 section 6.
const LABEL_REQUEST = "message/bhttp chunked request";
const LABEL_RESPONSE = "message/bhttp chunked response";

const RESPONSE_NONCE_BYTES = 32; // max(Nn, Nk); the exported secret is as long
const NONCE_BYTES = 12;

/** A response as the enclave sent it. */
export interface InnerResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Ends only after all of the response was authenticated; every other end is an error. Pulls no more than is read. */
  readonly body: ReadableStream<Bytes>;
  /** Settles with the body's end: read that first. */
  readonly trailers: Promise<Headers>;
}

/** A sealed request and the means to open its response. It is for one sending. */
export interface Sealed {
  /** What to send, padded inside to 2, 4, 8, … KiB. */
  readonly body: Bytes;
  /** The outer request for fetch: without cookies, a referrer or a cache, and to no other place than it is sent to. */
  readonly init: RequestInit;
  /** Opens the answer; settles when the inner head has arrived. */
  open(outer: Response): Promise<InnerResponse>;
}

/** The parameters of HPKE for keys of one KEM. */
export function suite(kem: number): CipherSuite {
  return new CipherSuite({
    kem: kem === KEM_XWING ? new XWing() : new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
}

/** What a request to a key begins with. */
export function requestHeader(config: KeyConfig): Bytes {
  const header = new Uint8Array(7);
  const view = new DataView(header.buffer);
  view.setUint8(0, config.id);
  view.setUint16(1, config.kem);
  view.setUint16(3, KDF);
  view.setUint16(5, AEAD);
  return header;
}

/** The info parameter of HPKE. */
export function requestInfo(header: Bytes): Bytes {
  const info = new Uint8Array(LABEL_REQUEST.length + 1 + header.length);
  info.set(new TextEncoder().encode(LABEL_REQUEST));
  info.set(header, LABEL_REQUEST.length + 1);
  return info;
}

/** Seals a request to the holder of a key. */
export async function seal(config: KeyConfig, request: InnerRequest): Promise<Sealed> {
  if (globalThis.crypto?.subtle === undefined)
    throw new Error("envelope: WebCrypto is missing: a page has it where it is served over https or from localhost");
  const cells = asksForCells(request.headers ?? {});
  const message = encodeRequest(request);
  const header = requestHeader(config);
  const hpke = suite(config.kem);
  let sender;
  try {
    const recipientPublicKey = await hpke.kem.deserializePublicKey(config.publicKey);
    sender = await hpke.createSenderContext({ recipientPublicKey, info: requestInfo(header) });
  } catch (cause) {
    throw new EnvelopeError("config", "key config: nothing can be sealed to its public key", { cause });
  }
  const enc = new Uint8Array(sender.enc);
  const parts: Bytes[] = [header, enc];
  for (let at = 0; at < message.length; at += MAX_CHUNK_BYTES) {
    const chunk = message.subarray(at, at + MAX_CHUNK_BYTES);
    const final = at + MAX_CHUNK_BYTES >= message.length;
    parts.push(new Uint8Array(varint(final ? 0 : chunk.length + TAG_BYTES)));
    parts.push(new Uint8Array(await sender.seal(chunk, final ? AAD_FINAL : AAD_CHUNK)));
  }
  const secret = await importSecret(sender);
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return {
    body,
    init: outerRequest(body),
    async open(outer) {
      const sealed = await readOuter(outer);
      return openInner(openResponse(enc, secret, sealed.pull, cells), sealed);
    },
  };
}

/** Exports the secret of a response from the context of its request, and holds it where script cannot read it. */
export async function importSecret(context: {
  export(label: Uint8Array, length: number): Promise<ArrayBuffer>;
}): Promise<CryptoKey> {
  const secret = await context.export(new TextEncoder().encode(LABEL_RESPONSE), RESPONSE_NONCE_BYTES);
  try {
    return await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
  } finally {
    new Uint8Array(secret).fill(0);
  }
}

/** Opens the stream of a sealed response. */
export function openResponse(enc: Bytes, secret: CryptoKey, pull: Pull, cells: boolean): Pull {
  const src = new Source(pull, sealedFaults);
  const reader = cells ? new CellReader(RESPONSE_NONCE_BYTES) : undefined;
  let chunks: Pull | undefined;
  return sticky(async () => {
    chunks ??= openChunks(
      src,
      await responseAEAD(enc, secret, await src.take(RESPONSE_NONCE_BYTES)),
      reader && ((plain, final) => reader.data(plain, final)),
    );
    return chunks();
  });
}

/** The AEAD of one response with its counter of chunks: RFC 9458 section 4.4 with the label of the chunked draft. */
async function responseAEAD(enc: Bytes, secret: CryptoKey, responseNonce: Bytes): Promise<Open> {
  const salt = new Uint8Array(enc.length + responseNonce.length);
  salt.set(enc);
  salt.set(responseNonce, enc.length);
  const hkdf = (info: string) => ({ name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(info) });
  const key = await crypto.subtle.deriveKey(hkdf("key"), secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const nonce = new DataView(await crypto.subtle.deriveBits(hkdf("nonce"), secret, 8 * NONCE_BYTES));
  let counter = 0;
  return async (sealed, additionalData) => {
    const iv = new Uint8Array(NONCE_BYTES);
    const view = new DataView(iv.buffer);
    view.setUint32(0, nonce.getUint32(0));
    view.setUint32(4, nonce.getUint32(4) ^ Math.floor(counter / 2 ** 32));
    view.setUint32(8, nonce.getUint32(8) ^ counter % 2 ** 32);
    counter++;
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, sealed));
  };
}

/** Reads the head of an inner response and makes a stream of its content. */
async function openInner(plain: Pull, outer: OuterBody): Promise<InnerResponse> {
  let decoded;
  try {
    decoded = await readResponse(plain);
  } catch (error) {
    outer.cancel();
    throw error;
  }
  const { status, headers, content, trailers } = decoded;
  let settle!: { resolve(trailers: Headers): void; reject(reason: unknown): void };
  const settled = new Promise<Headers>((resolve, reject) => (settle = { resolve, reject }));
  settled.catch(() => {}); // whoever reads the body has the error from there
  const body = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const part = await content();
          if (part !== undefined) return controller.enqueue(part);
          settle.resolve(trailers);
          controller.close();
        } catch (error) {
          settle.reject(error);
          controller.error(error);
          outer.cancel();
        }
      },
      cancel() {
        settle.reject(truncated());
        outer.cancel();
      },
    },
    { highWaterMark: 0 },
  );
  return { status, headers, body, trailers: settled };
}
