import { malformed } from "./error.js";
import { Fields, MAX_FIELD_BYTES } from "./fields.js";
import { type Bytes, type Faults, type Pull, Source, sticky } from "./source.js";

const FRAMING_RESPONSE = 3; // indeterminate-length response, RFC 9292 section 3.3

/** The most content that one part of the body holds. */
const MAX_PART_BYTES = 65536;

/** Faults of an inner message. Its source ends only where it was authenticated to end, so an end too early is malformed. */
const innerFaults: Faults = {
  early: () => malformed("it ends too early"),
  length: () => malformed("a length is malformed"),
};

/** The head of a response, and its content part by part. */
export interface Decoded {
  readonly status: number;
  readonly headers: Headers;
  /** Ends only after all of the message was read, trailers and padding included. */
  readonly content: Pull;
  /** Filled when content has ended. */
  readonly trailers: Headers;
}

/** Decodes an indeterminate-length Binary HTTP response (RFC 9292) as far as its content. */
export async function readResponse(pull: Pull): Promise<Decoded> {
  const src = new Source(pull, innerFaults);
  if ((await integer(src)) !== FRAMING_RESPONSE) throw malformed("it is not an indeterminate-length response");
  const status = await integer(src);
  if (status < 200 || status > 599) throw malformed("the status is not a final one, 200 to 599");
  const headers = new Headers();
  await readFields(src, headers);
  const trailers = new Headers();
  return { status, headers, content: content(src, contentLength(headers), trailers), trailers };
}

/** The length that is announced, or undefined. */
function contentLength(headers: Headers): number | undefined {
  const value = headers.get("content-length");
  if (value === null) return undefined;
  const length = /^[0-9]+$/.test(value) ? Number(value) : NaN;
  if (!Number.isSafeInteger(length)) throw malformed("content-length is not a length");
  return length;
}

function content(src: Source, expected: number | undefined, trailers: Headers): Pull {
  let left = 0; // of the current part
  let some = false; // content was received
  let got = 0;
  const end = () => {
    if (expected !== undefined && got < expected) throw malformed("the content is shorter than content-length");
    return undefined;
  };
  return sticky(async () => {
    if (left === 0) {
      const length = await src.varint();
      if (length === undefined && !some) return end(); // empty content and trailers may be left out
      if (length === undefined) throw innerFaults.early();
      if (length === 0) {
        const read = await readEnd(src);
        end();
        for (const [name, value] of read) trailers.append(name, value);
        return undefined;
      }
      left = length;
      some = true;
    }
    const part = await src.some(Math.min(left, MAX_PART_BYTES));
    if (part === undefined) throw innerFaults.early();
    left -= part.length;
    got += part.length;
    if (expected !== undefined && got > expected) throw malformed("the content is longer than content-length");
    return part;
  });
}

/** Reads the trailers, which may be left out if there are none, and the padding. */
async function readEnd(src: Source): Promise<Headers> {
  const trailers = new Headers();
  await readFields(src, trailers, true);
  for (;;) {
    const padding = await src.some(MAX_PART_BYTES);
    if (padding === undefined) return trailers;
    if (padding.some((byte) => byte !== 0)) throw malformed("the padding is not zero");
  }
}

/** Reads the lines of a section up to the empty name that ends it, or up to the end of the message if that is allowed. */
async function readFields(src: Source, into: Headers, optional = false): Promise<void> {
  const section = new Fields();
  for (let first = true; ; first = false) {
    const length = await src.varint();
    if (length === 0 || (length === undefined && first && optional)) return;
    const name = await string(src, length);
    const value = await string(src, await src.varint());
    const fault = section.add(name, value);
    if (fault !== undefined) throw malformed(fault);
    into.append(name, value);
  }
}

/** One string of a field line, one character a byte. */
async function string(src: Source, length: number | undefined): Promise<string> {
  if (length === undefined) throw innerFaults.early();
  if (length > MAX_FIELD_BYTES) throw malformed("a field line is too long");
  return latin1(await src.take(length));
}

function latin1(bytes: Bytes): string {
  let s = "";
  for (const byte of bytes) s += String.fromCharCode(byte);
  return s;
}

async function integer(src: Source): Promise<number> {
  const n = await src.varint();
  if (n === undefined) throw innerFaults.early();
  return n;
}
