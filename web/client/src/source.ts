import type { EnvelopeError } from "./error.js";

/** Bytes that are not shared with another thread: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Yields the next part of a stream, or undefined at its proper end. Called again only after it settled. */
export type Pull = () => Promise<Bytes | undefined>;

/** Makes errors and ends final: after either, pull is not asked again. */
export function sticky(pull: Pull): Pull {
  let over: Promise<undefined> | undefined;
  return async () => {
    if (over) return over;
    try {
      const part = await pull();
      if (part === undefined) over = Promise.resolve(undefined);
      return part;
    } catch (error) {
      over = Promise.reject(error);
      over.catch(() => {}); // it is reported below, and by every later call
      throw error;
    }
  };
}

/** What the reader of a stream makes of an end within an item, and of an integer that is not in its shortest form. */
export interface Faults {
  early(): EnvelopeError;
  length(): EnvelopeError;
}

/** Reads items from a stream. What it returns are views of the parts that were pulled where that is possible. */
export class Source {
  #rest: Bytes = new Uint8Array(0);
  readonly #pull: Pull;
  readonly #faults: Faults;

  constructor(pull: Pull, faults: Faults) {
    this.#pull = pull;
    this.#faults = faults;
  }

  /** One to max bytes, as many as there are without waiting for more; undefined at the end. */
  async some(max: number): Promise<Bytes | undefined> {
    while (this.#rest.length === 0) {
      const part = await this.#pull();
      if (part === undefined) return undefined;
      this.#rest = part;
    }
    const taken = this.#rest.subarray(0, max);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** Exactly n bytes. The caller bounds n. */
  async take(n: number): Promise<Bytes> {
    let got = n === 0 ? this.#rest.subarray(0, 0) : await this.some(n);
    if (got === undefined) throw this.#faults.early();
    if (got.length === n) return got;
    const whole = new Uint8Array(n);
    for (let at = 0; ; ) {
      whole.set(got, at);
      at += got.length;
      if (at === n) return whole;
      got = await this.some(n - at);
      if (got === undefined) throw this.#faults.early();
    }
  }

  /**
   * One variable-length integer (RFC 9000 section 16) in its shortest form; undefined if the stream ended before it.
   * Beyond 2^53 it is rounded, which is of no consequence: all lengths that are allowed are below.
   */
  async varint(): Promise<number | undefined> {
    const first = (await this.some(1))?.[0];
    if (first === undefined) return undefined;
    const size = 1 << (first >> 6);
    let value = first & 0x3f;
    if (size > 1) {
      for (const byte of await this.take(size - 1)) value = value * 256 + byte;
      if (value < 2 ** (4 * size - 2)) throw this.#faults.length();
    }
    return value;
  }
}

/** The shortest form of a variable-length integer below 2^30. */
export function varint(value: number): number[] {
  if (value < 1 << 6) return [value];
  if (value < 1 << 14) return [0x40 | (value >> 8), value & 0xff];
  if (value < 1 << 30) return [0x80 | (value >> 24), (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  throw new RangeError("integer exceeds 30 bits");
}
