import { EnvelopeError, type EnvelopeErrorKind } from "../src/index.js";
import type { Bytes, Pull } from "../src/source.js";

/** A test that runs anywhere: in Node.js and in a page. */
export interface Case {
  readonly name: string;
  run(): Promise<void> | void;
}

export function equal(got: unknown, want: unknown, what: string): void {
  const [g, w] = [JSON.stringify(got), JSON.stringify(want)];
  if (g !== w) throw new Error(`${what}: got ${g?.slice(0, 500)}, want ${w?.slice(0, 500)}`);
}

/** Fails unless run fails with an error of that kind. */
export async function refused(run: () => unknown, kind: EnvelopeErrorKind, what: string): Promise<EnvelopeError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof EnvelopeError && error.kind === kind) return error;
    throw new Error(
      `${what}: ${String(error)} (${error instanceof EnvelopeError ? error.kind : "no kind"}), want ${kind}`,
    );
  }
  throw new Error(`${what}: accepted, want ${kind}`);
}

export function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function join(parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A stream of bytes in parts of the given size. */
export function inParts(bytes: Bytes, size: number): Pull {
  let at = 0;
  return async () => {
    if (at >= bytes.length) return undefined;
    const part = bytes.slice(at, at + size);
    at += size;
    return part;
  };
}

/** Reads a stream to its end. What came before an error is handed to sofar. */
export async function readAll(pull: Pull, sofar: (plain: Bytes) => void = () => {}): Promise<Bytes> {
  const parts: Bytes[] = [];
  for (;;) {
    const part = await pull();
    if (part === undefined) return join(parts);
    parts.push(part);
    sofar(join(parts));
  }
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A source of numbers below n that is the same in every run. */
export function numbers(seed: number): (n: number) => number {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}
