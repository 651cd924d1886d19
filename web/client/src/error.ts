/**
 * What went wrong:
 *
 * - `open`: the message does not authenticate, or is not framed as it must be. One text for all of these.
 * - `truncated`: the message ended, or its connection, before the final chunk.
 * - `malformed`: the message is authentic, and what is inside is not what it must be.
 * - `key`: the pod asks for a request sealed to its current key. Fetch that and seal again, once.
 * - `refused`: answered outside the envelope. Nothing in such an answer is authenticated.
 * - `config`: a key config that cannot be sealed to.
 * - `request`: a request that cannot be put into an envelope.
 * - `too-large`: a request beyond the size limit.
 */
export type EnvelopeErrorKind =
  | "open"
  | "truncated"
  | "malformed"
  | "key"
  | "refused"
  | "config"
  | "request"
  | "too-large";

/** The one error of this package. Its text never quotes a message. */
export class EnvelopeError extends Error {
  override readonly name = "EnvelopeError";
  readonly kind: EnvelopeErrorKind;

  constructor(kind: EnvelopeErrorKind, message: string, options?: ErrorOptions) {
    super("envelope: " + message, options);
    this.kind = kind;
  }
}

/** The one answer to all that does not open: a reason would tell whoever tampers how far he got. */
export function cannotOpen(): EnvelopeError {
  return new EnvelopeError("open", "message cannot be opened");
}

export function truncated(options?: ErrorOptions): EnvelopeError {
  return new EnvelopeError("truncated", "message ends before its final chunk", options);
}

export function malformed(reason: string): EnvelopeError {
  return new EnvelopeError("malformed", "malformed inner message: " + reason);
}
