import { EnvelopeError } from "./error.js";
import type { Bytes } from "./source.js";

export const MAX_KEY_CONFIG_BYTES = 4096;
export const MAX_KEY_CONFIGS = 8;
const MAX_SUITES = 16;

/** X-Wing (MLKEM768-X25519), the default. */
export const KEM_XWING = 0x647a;
/** DHKEM(X25519, HKDF-SHA256), for peers without X-Wing. */
export const KEM_X25519 = 0x0020;

/** HKDF-SHA256 and AES-256-GCM, the only suite. */
export const KDF = 0x0001;
export const AEAD = 0x0002;

const PUBLIC_KEY_BYTES = new Map([
  [KEM_XWING, 1216],
  [KEM_X25519, 32],
]);

/** A key configuration (RFC 9458 section 3): what a client needs in order to seal. */
export interface KeyConfig {
  readonly id: number;
  readonly kem: number;
  readonly publicKey: Bytes;
}

/**
 * Decodes exactly one key configuration, and refuses what cannot be sealed to: another KEM, no suite of ours, a malformed
 * key. Who the key belongs to is for the caller to verify before: a pod's identity signs these bytes.
 */
export function parseKeyConfig(bytes: Uint8Array): KeyConfig {
  if (bytes.length > MAX_KEY_CONFIG_BYTES)
    throw bad(`${bytes.length} bytes, at most ${MAX_KEY_CONFIG_BYTES} are allowed`);
  if (bytes.length < 3) throw bad(`${bytes.length} bytes are too few for a key id and a KEM id`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kem = view.getUint16(1);
  const size = PUBLIC_KEY_BYTES.get(kem);
  if (size === undefined)
    throw bad(`KEM ${hex(kem)} is not supported, expected ${hex(KEM_XWING)} or ${hex(KEM_X25519)}`);
  if (bytes.length < 3 + size + 2)
    throw bad(`${bytes.length - 3} bytes follow the KEM id, its public key takes ${size} and the suites more`);
  const publicKey = new Uint8Array(bytes.subarray(3, 3 + size));
  if (kem === KEM_XWING && !reduced(publicKey)) throw bad("the public key is not one of ML-KEM-768");
  let at = 3 + size + 2;
  const length = view.getUint16(3 + size);
  if (length === 0 || length % 4 !== 0 || length > 4 * MAX_SUITES || at + length !== bytes.length)
    throw bad(
      `suites of ${length} bytes in ${bytes.length - at} bytes, expected 1 to ${MAX_SUITES} suites of 4 bytes and nothing after`,
    );
  let supported = false;
  for (; at < bytes.length; at += 4) supported ||= view.getUint16(at) === KDF && view.getUint16(at + 2) === AEAD;
  if (!supported) throw bad("no supported suite, expected HKDF-SHA256 with AES-256-GCM");
  return { id: view.getUint8(0), kem, publicKey };
}

/**
 * Decodes a list of key configurations, application/ohttp-keys. Those for a KEM that is not supported are skipped, as the
 * length prefix is there for; a malformed one fails the list, and so does a list with none left.
 */
export function parseKeyConfigs(bytes: Uint8Array): KeyConfig[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const configs: KeyConfig[] = [];
  let at = 0;
  for (let entries = 0; at < bytes.length; entries++) {
    if (entries === MAX_KEY_CONFIGS) throw bad(`more than ${MAX_KEY_CONFIGS} entries`);
    const left = bytes.length - at;
    const length = left < 2 ? left : view.getUint16(at);
    if (length > left - 2) throw bad(`entry ${entries} is longer than the ${left} bytes left`);
    const entry = bytes.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    const measured = length >= 3 && length <= MAX_KEY_CONFIG_BYTES;
    if (measured && !PUBLIC_KEY_BYTES.has(view.getUint16(at - length + 1))) continue;
    configs.push(parseKeyConfig(entry));
  }
  if (configs.length === 0) throw bad(`none for a supported KEM, expected ${hex(KEM_XWING)} or ${hex(KEM_X25519)}`);
  return configs;
}

/**
 * Reports whether the ML-KEM-768 key at the beginning of an X-Wing key has its coefficients below the modulus, as FIPS 203
 * section 7.2 has it checked before anything is encapsulated.
 */
function reduced(key: Bytes): boolean {
  for (let i = 0; i < 1152; i += 3) {
    const low = key[i]! | ((key[i + 1]! & 0x0f) << 8);
    const high = (key[i + 1]! >> 4) | (key[i + 2]! << 4);
    if (low >= 3329 || high >= 3329) return false;
  }
  return true;
}

function hex(n: number): string {
  return "0x" + n.toString(16).padStart(4, "0");
}

function bad(reason: string): EnvelopeError {
  return new EnvelopeError("config", "key config: " + reason);
}
