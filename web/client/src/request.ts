import { EnvelopeError } from "./error.js";
import { Fields, isToken } from "./fields.js";
import { type Bytes, varint } from "./source.js";

/** The most plaintext that one request carries, padding included: what a pod takes by default. */
export const MAX_REQUEST_BYTES = 1 << 20;

/** The smallest size of a padded request. */
const MIN_PADDED_BYTES = 2048;
const MAX_METHOD_BYTES = 32;
const MAX_AUTHORITY_BYTES = 255;
const MAX_PATH_BYTES = 8192;

const FRAMING_REQUEST = 0; // known-length request, RFC 9292 section 3.3

/** What the envelope says by itself. */
const OWN_FIELDS = new Set(["content-length", "host", "trailer"]);

/** A request as the enclave sees it; the scheme is https. */
export interface InnerRequest {
  readonly method: string;
  /** Host and optional port. */
  readonly authority: string;
  /** Path and query, encoded. */
  readonly path: string;
  /** Each name once; values hold characters up to U+00FF, each a byte. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as UTF-8. */
  readonly body?: Uint8Array | string;
}

/**
 * The size to which an inner request of n bytes is padded: the next of 2, 4, 8, … KiB. It is all that an observer learns of
 * its length.
 */
export function paddedSize(n: number): number {
  let size = MIN_PADDED_BYTES;
  while (size < n) size *= 2;
  return size;
}

/** Encodes a known-length Binary HTTP request (RFC 9292), with zero bytes up to its padded size. */
export function encodeRequest(request: InnerRequest): Bytes {
  const { method, authority, path } = request;
  checkControl(method, authority, path);
  const head = varint(FRAMING_REQUEST);
  for (const s of [method, "https", authority, path]) pushString(head, s);
  const lines = encodeFields(request.headers ?? {});
  head.push(...varint(lines.length));
  const body =
    typeof request.body === "string" ? new TextEncoder().encode(request.body) : (request.body ?? new Uint8Array(0));
  if (body.length > MAX_REQUEST_BYTES) throw tooLarge();
  const length = varint(body.length);
  const size = paddedSize(head.length + lines.length + length.length + body.length + 1); // and no trailers
  if (size > MAX_REQUEST_BYTES) throw tooLarge();
  const message = new Uint8Array(size);
  let at = 0;
  for (const part of [head, lines, length, body]) {
    message.set(part, at);
    at += part.length;
  }
  return message;
}

function checkControl(method: string, authority: string, path: string): void {
  if (!isToken(method) || method.length > MAX_METHOD_BYTES)
    throw bad(`the method is not a token of at most ${MAX_METHOD_BYTES} bytes`);
  if (method === "CONNECT") throw bad("the method is CONNECT");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z:[\]]+$/.test(authority) || authority.length > MAX_AUTHORITY_BYTES)
    throw bad(`the authority is not a host and port of at most ${MAX_AUTHORITY_BYTES} bytes`);
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(path) || path.length > MAX_PATH_BYTES)
    throw bad(`the path is not an absolute path of at most ${MAX_PATH_BYTES} bytes, encoded and without a fragment`);
}

/** The lines of a section, in the order of their names. */
function encodeFields(headers: Readonly<Record<string, string>>): number[] {
  const section = new Fields();
  const lines: number[] = [];
  const sorted = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, untrimmed] of sorted) {
    const value = untrimmed.replace(/^[ \t]+|[ \t]+$/g, "");
    const fault = OWN_FIELDS.has(name) ? "a field is the envelope's own: " + name : section.add(name, value);
    if (fault !== undefined) throw bad(fault);
    if (/[^\x00-\xff]/.test(value)) throw bad("a field value holds a character beyond U+00FF");
    pushString(lines, name);
    pushString(lines, value);
  }
  return lines;
}

/** Appends a string of bytes with its length. */
function pushString(to: number[], s: string): void {
  to.push(...varint(s.length));
  for (let i = 0; i < s.length; i++) to.push(s.charCodeAt(i));
}

function bad(reason: string): EnvelopeError {
  return new EnvelopeError("request", "request: " + reason);
}

function tooLarge(): EnvelopeError {
  return new EnvelopeError("too-large", `request exceeds ${MAX_REQUEST_BYTES} bytes, padding included`);
}
