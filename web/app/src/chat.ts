import { errorOf, GatewayError } from "./api";

export type Role = "system" | "user" | "assistant";

/** What stands under an answer that is complete and proven: the gateway's own word, after it has verified the receipt. */
export type Seal = {
  pod: string;
  tier: string;
  cost: string;
  receipt: string;
  requestId: string;
  simulated: boolean;
  tokensIn: number;
  tokensOut: number;
};

export type Options = { temperature?: number; num_predict?: number };

type Piece = {
  message?: { content?: string };
  error?: string;
  done?: boolean;
  prompt_eval_count?: number;
  eval_count?: number;
  phallama?: {
    pod: string;
    tier: string;
    cost: string;
    receipt: string;
    requestId: string;
    simulated?: boolean;
  };
};

/**
 * ask streams an answer, piece by piece, and returns what proves it. It throws where the answer is not whole and proven:
 * what came until then is worth what anybody's word is.
 */
export async function ask(
  model: string,
  messages: { role: Role; content: string }[],
  options: Options,
  said: (piece: string) => void,
  signal: AbortSignal,
): Promise<Seal> {
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ model, messages, options, stream: true }),
    signal,
  });
  if (!response.ok) throw await errorOf(response);
  let seal: Seal | undefined;
  for await (const line of lines(response.body!)) {
    const piece = JSON.parse(line) as Piece;
    if (piece.error !== undefined) throw new GatewayError(piece.error, 200);
    if (piece.message?.content) said(piece.message.content);
    if (piece.done && piece.phallama) {
      seal = {
        ...piece.phallama,
        simulated: piece.phallama.simulated ?? false,
        tokensIn: piece.prompt_eval_count ?? 0,
        tokensOut: piece.eval_count ?? 0,
      };
    }
  }
  if (!seal) throw new Error("the answer broke off before it was proven");
  return seal;
}

/** lines are those of a stream of newline-delimited JSON. */
export async function* lines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? "";
    const whole = rest.split("\n");
    rest = done ? "" : whole.pop()!;
    for (const line of whole) if (line.trim()) yield line;
    if (done) return;
  }
}
