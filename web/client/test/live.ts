import {
  EnvelopeError,
  type EnvelopeErrorKind,
  type InnerRequest,
  type InnerResponse,
  type KeyConfig,
  MAX_REQUEST_BYTES,
  MEDIA_TYPE_RESPONSE,
  paddedSize,
  parseKeyConfig,
  seal,
  type Sealed,
} from "../src/index.js";
import type { Bytes } from "../src/source.js";
import { type Case, equal, inParts, join, refused, text, toHex } from "./check.js";
import { type Domain, type SignedKeyConfig, verifiedConfig } from "./identity.js";

/** Where the test server is, and whom it must be: known before anything is asked of it. */
export interface Server {
  url: string;
  domain: Domain;
  identity: string;
}

const authority = "pod.invalid";

/** How long the test server's frames are in a shape: envelope.DefaultCellBytes. */
const frameBytes = 1024;

/** Exchanges with the Go half. The key configs are verified before anything is sealed to them. */
export function liveCases(server: Server): Case[] {
  let fetched: Promise<Record<string, SignedKeyConfig>> | undefined;
  const signed = async (name: string) => {
    fetched ??= fetch(server.url + "/configs").then((r) => r.json());
    return (await fetched)[name]!;
  };
  const config = async (name: string): Promise<KeyConfig> =>
    parseKeyConfig(verifiedConfig(await signed(name), server.domain, server.identity, Date.now() / 1000));
  const send = (sealed: Sealed, path = "/pod") => fetch(server.url + path, sealed.init);
  const ask = async (key: string, request: Partial<InnerRequest>, path?: string): Promise<InnerResponse> => {
    const sealed = await seal(await config(key), { method: "GET", authority, path: "/echo", ...request });
    return sealed.open(await send(sealed, path));
  };
  const twice: InnerRequest = { method: "POST", authority, path: "/twice", body: "falcon" };
  /** A sealed request and the bytes of its answer. */
  const recorded = async (): Promise<[Sealed, Bytes]> => {
    const sealed = await seal(await config("x-wing"), twice);
    return [sealed, new Uint8Array(await (await send(sealed)).arrayBuffer())];
  };

  const shapes = ["cell", "cbr"].flatMap((shape): Case[] => [
    {
      name: `${shape}: frames of one size, and in them the same answer`,
      async run() {
        for (const kem of ["x-wing", "x25519"]) {
          const sealed = await seal(await config(kem), { ...twice, headers: { "Phallama-Shape": shape } });
          const answer = new Uint8Array(await (await send(sealed)).arrayBuffer());
          equal(answer.length % frameBytes, 0, `${answer.length} bytes in frames`);
          for (const size of [1, 33, frameBytes, answer.length]) {
            const response = await sealed.open(outer(answer, size));
            equal(
              [await readText(response), [...(await response.trailers)]],
              ["falconfalcon", [["phallama-receipt", "r"]]],
              `${size}`,
            );
          }
          for (let cut = 0; cut < answer.length; cut += frameBytes) {
            const error = await failure(sealed, answer.slice(0, cut), "falconfalcon");
            equal(error.kind, "truncated", `cut after ${cut / frameBytes} frames`);
          }
          for (let at = 0; at < answer.length; at += 23) {
            const changed = answer.slice();
            changed[at]! ^= 0x21;
            const error = await failure(sealed, changed, "falconfalcon");
            equal(["open", "truncated"].includes(error.kind), true, `byte ${at}: ${error.kind}`);
          }
        }
      },
    },
    {
      name: `${shape}: an answer streams`,
      async run() {
        const name = `${shape}-${crypto.randomUUID()}`;
        const headers = { "phallama-shape": shape };
        const { body, trailers } = await ask("x-wing", {
          method: "POST",
          path: `/stream/${name}`,
          body: "token\n",
          headers,
        });
        const reader = body.getReader();
        let got = "";
        while (got.length < 12) got += text((await reader.read()).value!);
        await fetch(`${server.url}/next/${name}`, { method: "POST" });
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          got += text(value);
        }
        equal([got, [...(await trailers)]], ["token\n".repeat(3), [["phallama-receipt", "r"]]], "answer");
      },
    },
    {
      name: `${shape}: an answer of many frames`,
      async run() {
        const response = await ask("x25519", { path: "/bytes/5000", headers: { "phallama-shape": shape } });
        const body = new Uint8Array(await new Response(response.body).arrayBuffer());
        equal([body.length, (await response.trailers).get("sha256")], [5000, await sha256(body)], "answer");
      },
    },
    {
      name: `${shape}: a pod that fails in the middle of its answer`,
      async run() {
        const request = { path: "/panic", headers: { "phallama-shape": shape } };
        await refused(async () => readText(await ask("x-wing", request)), "truncated", "answer");
      },
    },
  ]);

  const kems = ["x-wing", "x25519"].flatMap((key): Case[] => [
    {
      name: `${key}: the enclave has the request as it was sealed`,
      async run() {
        for (const length of [0, 1, 3000, 16384, 100_000, 1_000_000]) {
          const body = new Uint8Array(length).map((_, i) => i * 7);
          const request = {
            method: "PUT",
            path: "/echo?x=%2F&y",
            headers: { "Content-Type": "a/b", "x-bytes": "caf\u00e9 ", empty: "" },
            body,
          };
          const response = await ask(key, request);
          const seen = JSON.parse(await readText(response));
          equal([seen.method, seen.host, seen.uri], ["PUT", authority, "/echo?x=%2F&y"], "control data");
          equal([seen.header["Content-Type"], seen.header.Empty], [["a/b"], [""]], "fields");
          equal([seen.length, seen.sha256], [length, await sha256(body)], `body of ${length} bytes`);
        }
      },
    },
    {
      name: `${key}: an answer streams, and has its trailers after its end`,
      async run() {
        const name = `${key}-${crypto.randomUUID()}`;
        const { status, headers, body, trailers } = await ask(key, {
          method: "POST",
          path: `/stream/${name}`,
          body: "token\n",
        });
        equal([status, headers.get("content-type")], [202, "application/x-ndjson"], "head");
        let over = false;
        trailers.then(
          () => (over = true),
          () => {},
        );
        const reader = body.getReader();
        let got = "";
        while (got.length < 12) got += text((await reader.read()).value!);
        equal([got, over], ["token\ntoken\n", false], "before the server was told to go on");
        await fetch(`${server.url}/next/${name}`, { method: "POST" });
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          got += text(value);
        }
        equal(got, "token\n".repeat(3), "body");
        equal([...(await trailers)], [["phallama-receipt", "r"]], "trailers");
      },
    },
    {
      name: `${key}: a long answer`,
      async run() {
        const response = await ask(key, { path: "/bytes/5000000" }); // more than 256 chunks
        const body = new Uint8Array(await new Response(response.body).arrayBuffer());
        equal(body.length, 5_000_000, "length");
        equal((await response.trailers).get("sha256"), await sha256(body), "hash");
      },
    },
  ]);

  return [
    {
      name: "key configs: only what the identity signed",
      async run() {
        const good = await signed("x-wing");
        const now = Date.now() / 1000;
        const verify = (change: Partial<SignedKeyConfig>, identity = server.identity, at = now) =>
          verifiedConfig({ ...good, ...change }, server.domain, identity, at);
        verify({});
        const other = await signed("x25519");
        for (const [name, run] of Object.entries({
          "other config": () => verify({ config: other.config }),
          "other config and hash": () => verify({ config: other.config, configHash: other.configHash }),
          "other signature": () => verify({ signature: other.signature }),
          "longer time": () => verify({ notAfter: good.notAfter + 1 }),
          "other identity": () => verify({}, "0x0000000000000000000000000000000000000001"),
          "other chain": () => verifiedConfig(good, { ...server.domain, chainId: 1 }, server.identity, now),
          "too late": () => verify({}, server.identity, good.notAfter + 1),
        })) {
          let accepted = true;
          try {
            run();
          } catch {
            accepted = false;
          }
          equal(accepted, false, name);
        }
      },
    },
    ...kems,
    ...shapes,
    {
      name: "only the padded size of a request shows",
      async run() {
        for (const [key, overhead] of [
          ["x-wing", 7 + 1120],
          ["x25519", 7 + 32],
        ] as const) {
          for (const length of [0, 1, 1900, 2048, 5000, 100_000]) {
            const { body } = await seal(await config(key), { ...twice, body: "x".repeat(length) });
            const padded = paddedSize(length + 100); // 100: more than the head takes
            const chunks = Math.ceil(padded / 16384);
            equal(body.length, overhead + padded + 16 * chunks + 4 * (chunks - 1) + 1, `${key}, ${length}`);
          }
        }
      },
    },
    {
      name: "statuses without content",
      async run() {
        for (const status of [204, 304, 404, 429, 503]) {
          const response = await ask("x-wing", { path: `/status/${status}` });
          equal(
            [response.status, await readText(response), [...(await response.trailers)]],
            [status, "", []],
            "response",
          );
        }
      },
    },
    {
      name: "exchanges side by side",
      async run() {
        const answers = await Promise.all(
          Array.from({ length: 16 }, async (_, i) => readText(await ask("x25519", { ...twice, body: `${i};` }))),
        );
        answers.forEach((answer, i) => equal(answer, `${i};${i};`, "answer"));
      },
    },
    {
      name: "a request to a key that the pod does not hold",
      async run() {
        await refused(async () => ask("gone", twice), "key", "other key id");
        const error = await refused(async () => ask("unheld", twice), "refused", "other key under the same id");
        equal(error.message.includes("status 400"), true, "the status is told");
      },
    },
    {
      name: "a replayed request",
      async run() {
        const sealed = await seal(await config("x-wing"), twice);
        await readText(await sealed.open(await send(sealed)));
        await refused(async () => sealed.open(await send(sealed)), "refused", "the same again");
      },
    },
    {
      name: "an answer outside the envelope",
      async run() {
        const sealed = await seal(await config("x-wing"), twice);
        for (const [outer, kind] of [
          [new Response("hi"), "refused"],
          [new Response("hi", { headers: { "content-type": "message/ohttp-res" } }), "refused"],
          [new Response("hi", { status: 502, headers: { "content-type": MEDIA_TYPE_RESPONSE } }), "refused"],
          [problem(400, '{"type":"about:blank"}'), "refused"],
          [problem(400, "null"), "refused"],
          [problem(400, "{"), "refused"],
          [problem(500, keyProblem), "refused"],
          [problem(400, keyProblem + " ".repeat(5000)), "key"],
          [problem(400, " ".repeat(5000) + keyProblem), "refused"],
          [problem(400, keyProblem), "key"],
        ] satisfies [Response, EnvelopeErrorKind][])
          await refused(() => sealed.open(outer), kind, `${outer.status} ${outer.headers.get("content-type")}`);
      },
    },
    {
      name: "an answer cut at each of its chunks, with and without an orderly end",
      async run() {
        for (const how of ["cut", "tear"]) {
          for (let writes = 0; writes < 3; writes++) {
            let got = "";
            await refused(
              async () => readText(await ask("x-wing", twice, `/${how}/${writes}`), (sofar) => (got = sofar)),
              "truncated",
              `${how} after ${writes} chunks`,
            );
            const before = "falcon".repeat(writes);
            // What had arrived when a connection broke may be lost with it.
            if (how === "cut") equal(got, before, "what came before");
            else equal(before.startsWith(got), true, "what came before");
          }
        }
        equal(await readText(await ask("x-wing", twice, "/cut/3")), "falconfalcon", "not cut");
      },
    },
    {
      name: "an answer cut at any byte",
      async run() {
        const [sealed, answer] = await recorded();
        for (let cut = 0; cut < answer.length; cut++) {
          const kinds: EnvelopeErrorKind[] = ["truncated", "open"];
          const error = await failure(sealed, answer.slice(0, cut), "falconfalcon");
          equal(kinds.includes(error.kind), true, `cut at ${cut}: ${error.kind}`);
        }
        equal(await readText(await sealed.open(outer(answer))), "falconfalcon", "whole");
      },
    },
    {
      name: "an answer with any byte changed",
      async run() {
        const [sealed, answer] = await recorded();
        for (let at = 0; at < answer.length; at++) {
          const changed = answer.slice();
          changed[at]! ^= 0x21;
          const error = await failure(sealed, changed, "falconfalcon");
          if (error.kind === "open") equal(error.message, "envelope: message cannot be opened", "one text for all");
          else equal(error.kind, "truncated", `byte ${at}`);
        }
      },
    },
    {
      name: "the answer to another request",
      async run() {
        const [mine] = await recorded();
        const [, theirs] = await recorded();
        await refused(async () => mine.open(outer(theirs)), "open", "swapped");
      },
    },
    {
      name: "an answer in parts of any size",
      async run() {
        const [sealed, answer] = await recorded();
        for (const size of [1, 2, 3, 31, 32, 33, answer.length]) {
          const response = await sealed.open(outer(answer, size));
          equal(
            [await readText(response), [...(await response.trailers)]],
            ["falconfalcon", [["phallama-receipt", "r"]]],
            `${size}`,
          );
        }
      },
    },
    {
      name: "a pod that fails in the middle of its answer",
      async run() {
        let got = "";
        await refused(
          async () => readText(await ask("x-wing", { path: "/panic" }), (sofar) => (got = sofar)),
          "truncated",
          "answer",
        );
        equal("so far".startsWith(got), true, "what came before");
      },
    },
    {
      name: "a body that errors yields nothing more",
      async run() {
        const [sealed, answer] = await recorded();
        const response = await sealed.open(outer(answer.slice(0, -1), 16));
        const reader = response.body.getReader();
        const read = async () => {
          while (!(await reader.read()).done);
        };
        await refused(read, "open", "body");
        await refused(read, "open", "after the error");
        await refused(() => response.trailers, "open", "trailers");
      },
    },
    {
      name: "a body that its reader gives up",
      async run() {
        const response = await ask("x-wing", {
          method: "POST",
          path: `/stream/${crypto.randomUUID()}`,
          body: "token\n",
        });
        await response.body.cancel();
        await refused(() => response.trailers, "truncated", "trailers");
      },
    },
    {
      name: "a fetch that its caller aborts",
      async run() {
        const reason = new Error("enough");
        const abort = new AbortController();
        const sealed = await seal(await config("x-wing"), { ...twice, path: `/stream/${crypto.randomUUID()}` });
        const outer = await fetch(server.url + "/pod", { ...sealed.init, signal: abort.signal });
        const response = await sealed.open(outer);
        const reader = response.body.getReader();
        await reader.read();
        abort.abort(reason);
        let caught: unknown;
        try {
          while (!(await reader.read()).done);
        } catch (error) {
          caught = error;
        }
        equal(caught === reason, true, `its own reason, not ${String(caught)}`);
      },
    },
    {
      name: "requests that cannot be put into an envelope",
      async run() {
        const key = await config("x-wing");
        for (const [kind, change] of [
          ["request", { method: "" }],
          ["request", { method: "GE T" }],
          ["request", { method: "CONNECT" }],
          ["request", { method: "A".repeat(33) }],
          ["request", { authority: "" }],
          ["request", { authority: "a@pod" }],
          ["request", { authority: "pod/x" }],
          ["request", { authority: "a".repeat(256) }],
          ["request", { path: "" }],
          ["request", { path: "api" }],
          ["request", { path: "/a b" }],
          ["request", { path: "/a#b" }],
          ["request", { path: "/a\r\nx: y" }],
          ["request", { path: "/\u00e9" }],
          ["request", { path: "/" + "a".repeat(8192) }],
          ["request", { headers: { "": "x" } }],
          ["request", { headers: { "a b": "x" } }],
          ["request", { headers: { ":path": "/" } }],
          ["request", { headers: { a: "x\r\nb: y" } }],
          ["request", { headers: { a: "\u20ac" } }],
          ["request", { headers: { A: "x", a: "y" } }],
          ["request", { headers: { Host: "pod" } }],
          ["request", { headers: { "content-length": "6" } }],
          ["request", { headers: { Connection: "close" } }],
          ["request", { headers: { a: "x".repeat(32768) } }],
          ["request", { headers: Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`x${i}`, ""])) }],
          ["request", { headers: { "Phallama-Shape": "round" } }],
          ["too-large", { body: new Uint8Array(MAX_REQUEST_BYTES) }],
          ["too-large", { body: "x".repeat(MAX_REQUEST_BYTES + 1) }],
        ] satisfies [EnvelopeErrorKind, Partial<InnerRequest>][])
          await refused(() => seal(key, { ...twice, ...change }), kind, JSON.stringify(change).slice(0, 80));
      },
    },
    {
      name: "a key that nothing can be sealed to",
      async run() {
        const zero: KeyConfig = { id: 1, kem: 0x0020, publicKey: new Uint8Array(32) };
        await refused(() => seal(zero, twice), "config", "a point of low order");
      },
    },
  ];
}

const keyProblem = '{"type":"https://iana.org/assignments/http-problem-types#ohttp-key"}';

function problem(status: number, body: string): Response {
  return new Response(body, { status, headers: { "content-type": "application/problem+json; charset=utf-8" } });
}

/** An outer answer of these bytes, in parts of the given size. */
function outer(sealed: Bytes, size = 4096): Response {
  const next = inParts(sealed, size);
  const body = new ReadableStream<Bytes>({
    async pull(controller) {
      const part = await next();
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
  return new Response(body, { headers: { "content-type": MEDIA_TYPE_RESPONSE } });
}

/** The error that an answer ends in; it must not yield anything but a prefix of plain before. */
async function failure(sealed: Sealed, answer: Bytes, plain: string): Promise<EnvelopeError> {
  try {
    const response = await sealed.open(outer(answer, 64));
    await readText(response, (sofar) => {
      if (!plain.startsWith(sofar)) throw new Error("yielded what was not sealed");
    });
  } catch (error) {
    if (error instanceof EnvelopeError) return error;
    throw error;
  }
  throw new Error(`accepted: ${toHex(answer)}`);
}

async function readText(response: InnerResponse, sofar: (text: string) => void = () => {}): Promise<string> {
  const parts: Bytes[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text(join(parts));
    parts.push(value);
    sofar(text(join(parts)));
  }
}

async function sha256(bytes: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
