/**
 * The client's half of Phallama's envelope: seals an HTTP request to a pod's enclave and opens the response as it streams.
 * Chunked Oblivious HTTP (RFC 9458, draft-ietf-ohai-chunked-ohttp-08) over HPKE (RFC 9180), with Binary HTTP (RFC 9292)
 * inside. The normative text is docs/spec/envelope.md.
 *
 *     const sealed = await seal(parseKeyConfig(verified), { method: "POST", authority: "pod.invalid", path: "/api/chat", body });
 *     const response = await sealed.open(await fetch(url, sealed.init));
 *
 * @module
 */
export { MAX_CHUNK_BYTES } from "./chunks.js";
export { MAX_CELL_BYTES, MIN_CELL_BYTES, SHAPE_FIELD } from "./cells.js";
export { EnvelopeError, type EnvelopeErrorKind } from "./error.js";
export { type InnerResponse, seal, type Sealed } from "./exchange.js";
export { MAX_FIELD_BYTES, MAX_FIELDS } from "./fields.js";
export {
  KEM_X25519,
  KEM_XWING,
  type KeyConfig,
  MAX_KEY_CONFIG_BYTES,
  MAX_KEY_CONFIGS,
  parseKeyConfig,
  parseKeyConfigs,
} from "./key.js";
export { KEY_PROBLEM_TYPE, MEDIA_TYPE_KEYS, MEDIA_TYPE_REQUEST, MEDIA_TYPE_RESPONSE } from "./outer.js";
export { type InnerRequest, MAX_REQUEST_BYTES, paddedSize } from "./request.js";
