import { EnvelopeError, truncated } from "./error.js";
import type { Bytes, Pull } from "./source.js";

export const MEDIA_TYPE_REQUEST = "message/ohttp-chunked-req";
export const MEDIA_TYPE_RESPONSE = "message/ohttp-chunked-res";
export const MEDIA_TYPE_KEYS = "application/ohttp-keys";

/** The problem type of the answer to a request sealed to a key that the pod does not hold, RFC 9458 section 5.3. */
export const KEY_PROBLEM_TYPE = "https://iana.org/assignments/http-problem-types#ohttp-key";

/** How much of an answer outside the envelope is read. */
const MAX_PROBLEM_BYTES = 4096;

/** The body of an outer answer. */
export interface OuterBody {
  readonly pull: Pull;
  /** Gives up the rest. */
  cancel(): void;
}

/** Reads an answer that holds a sealed response; throws for one that is outside the envelope. */
export async function readOuter(outer: Response): Promise<OuterBody> {
  if (outer.status !== 200 || mediaType(outer) !== MEDIA_TYPE_RESPONSE) throw await refusal(outer);
  return read(outer);
}

/** The parameters of fetch for a sealed request: no cookies, no referrer, no cache, and no other place than it is sent to. */
export function outerRequest(body: Bytes): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": MEDIA_TYPE_REQUEST, incremental: "?1" },
    body,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  };
}

function read(outer: Response): OuterBody {
  const reader = (outer.body as ReadableStream<Bytes> | null)?.getReader();
  return {
    async pull() {
      try {
        return (await reader?.read())?.value;
      } catch (cause) {
        // Fetch has a TypeError for a connection that breaks. All else is the reason of a caller who aborts.
        if (cause instanceof TypeError) throw truncated({ cause });
        throw cause;
      }
    },
    cancel() {
      reader?.cancel().catch(() => {}); // whatever is wrong with a stream that is given up
    },
  };
}

async function refusal(outer: Response): Promise<EnvelopeError> {
  const isProblem = outer.status >= 400 && outer.status <= 499 && mediaType(outer) === "application/problem+json";
  const body = read(outer);
  try {
    if (isProblem && (await problemType(body.pull)) === KEY_PROBLEM_TYPE)
      return new EnvelopeError(
        "key",
        "the pod does not hold the key this request was sealed to: fetch its current key config and seal again",
      );
  } catch {
    // not a problem document: refused all the same
  } finally {
    body.cancel();
  }
  return new EnvelopeError(
    "refused",
    `answered outside the envelope with status ${outer.status}, expected 200 and ${MEDIA_TYPE_RESPONSE}`,
  );
}

async function problemType(pull: Pull): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for (let left = MAX_PROBLEM_BYTES; left > 0; ) {
    const part = await pull();
    if (part === undefined) break;
    text += decoder.decode(part.subarray(0, left), { stream: true });
    left -= part.length;
  }
  return (JSON.parse(text) as { type?: unknown } | null)?.type;
}

function mediaType(outer: Response): string | undefined {
  return outer.headers.get("content-type")?.split(";")[0]!.trim().toLowerCase();
}
