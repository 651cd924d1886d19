import { CellReader } from "../src/cells.js";
import { openChunks, sealedFaults, TAG_BYTES } from "../src/chunks.js";
import { parseKeyConfig, parseKeyConfigs } from "../src/index.js";
import type { EnvelopeErrorKind } from "../src/error.js";
import { encodeRequest } from "../src/request.js";
import { readResponse } from "../src/response.js";
import { type Bytes, type Pull, Source, varint } from "../src/source.js";
import { type Case, equal, fromHex, inParts, join, numbers, readAll, refused, text, toHex } from "./check.js";
import { recipient } from "./recipient.js";

interface Field {
  name: string;
  value: string;
}

interface Refusal {
  name: string;
  sealed: string;
  error: EnvelopeErrorKind;
}

interface Stream {
  sealed: string;
  chunks: string[];
}

/** The files of testdata/vectors/envelope. */
export interface Vectors {
  key_configs: { name: string; encoded: string; valid: boolean; key_id: number; kem_id: number; public_key?: string }[];
  exchanges: {
    name: string;
    private_key: string;
    key_config: string;
    request: Stream;
    response: Stream;
    refused_requests: Refusal[];
    refused_responses: Refusal[];
  }[];
  shapes: { name: string; frame_bytes?: number; cells: string[]; stream?: string; error?: EnvelopeErrorKind }[];
  messages: {
    requests: {
      name: string;
      message: string;
      method: string;
      authority: string;
      path: string;
      fields: Field[];
      content: string;
    }[];
    responses: { name: string; message: string; status: number; fields: Field[]; content: string; trailers: Field[] }[];
    refused_responses: { name: string; message: string }[];
  };
}

export const vectorFiles = ["key_configs", "exchanges", "messages", "shapes"] as const;

export function vectorCases(vectors: Vectors): Case[] {
  return [
    ...keyConfigCases(vectors),
    ...framingCases,
    ...vectors.exchanges.flatMap(exchangeCases),
    ...messageCases(vectors.messages),
    ...shapeCases(vectors),
  ];
}

function keyConfigCases({ key_configs }: Vectors): Case[] {
  const cases: Case[] = key_configs.map((v) => ({
    name: `key config: ${v.name}`,
    async run() {
      if (!v.valid) {
        await refused(() => parseKeyConfig(fromHex(v.encoded)), "config", "parse");
        return;
      }
      const config = parseKeyConfig(fromHex(v.encoded));
      equal([config.id, config.kem, toHex(config.publicKey)], [v.key_id, v.kem_id, v.public_key], "config");
    },
  }));
  const valid = key_configs.filter((v) => v.valid).map((v) => fromHex(v.encoded));
  const list = (...entries: Bytes[]) => join(entries.flatMap((e) => [Uint8Array.of(e.length >> 8, e.length & 255), e]));
  const other = Uint8Array.of(1, 0, 0x10, 1, 2, 3);
  cases.push({
    name: "key config lists",
    async run() {
      equal(parseKeyConfigs(list(other, ...valid)).length, valid.length, "an unknown KEM is skipped");
      const full = Array<Bytes>(8).fill(valid[0]!);
      equal(parseKeyConfigs(list(...full)).length, 8, "8 entries");
      const whole = list(...valid);
      for (const [name, bytes] of Object.entries({
        empty: new Uint8Array(0),
        "none known": list(other),
        "9 entries": list(...full, other),
        "a malformed one": list(valid[0]!, valid[0]!.slice(0, -1)),
        "a short one": list(valid[0]!, Uint8Array.of(1)),
        cut: whole.slice(0, -1),
        "half a length": join([whole, Uint8Array.of(0)]),
      }))
        await refused(() => parseKeyConfigs(bytes), "config", name);
    },
  });
  cases.push({
    name: "key config: an ML-KEM coefficient that is not reduced",
    async run() {
      const encoded = valid.find((e) => e.length > 1000)!.slice();
      encoded.set([0x01, 0x0d], 3 + 300); // 3329
      equal(encoded[3 + 301]! >> 4, 0, "the test changes one coefficient");
      await refused(() => parseKeyConfig(encoded), "config", "parse");
    },
  });
  return cases;
}

/** Framing alone: here every chunk authenticates, and holds its bytes without the tag. */
const framingCases: Case[] = [
  {
    name: "chunk lengths",
    async run() {
      const open = (...parts: (number[] | Bytes)[]) => {
        const src = new Source(inParts(join(parts.map((part) => Uint8Array.from(part))), 5000), sealedFaults);
        return readAll(openChunks(src, async (sealed) => sealed.slice(0, -TAG_BYTES)));
      };
      const chunk = (n: number) => [...varint(n), ...new Uint8Array(n)];
      const final = [0, ...new Uint8Array(TAG_BYTES)];
      equal((await open(chunk(17), chunk(16400), final)).length, 1 + 16384, "the shortest and the longest");
      equal((await open(chunk(17), [0], new Uint8Array(16400))).length, 1 + 16384, "the longest final chunk");
      equal((await open(final)).length, 0, "an empty message");
      for (const [name, parts] of Object.entries<(number[] | Bytes)[]>({
        "an empty chunk": [chunk(16), final],
        "less than a tag": [chunk(15), final],
        "a chunk that is too long": [chunk(16401), final],
        "a length without its chunk": [varint(2 ** 30 - 1), final],
        "2^62 - 1": [new Uint8Array(8).fill(255), final],
        "a final chunk that is too long": [[0], new Uint8Array(16401)],
        "17 in two bytes": [[0x40, 17], new Uint8Array(17), final],
        "0 in two bytes": [[0x40, 0], new Uint8Array(16)],
        "17 in four bytes": [[0x80, 0, 0, 17], new Uint8Array(17), final],
        "17 in eight bytes": [[0xc0, 0, 0, 0, 0, 0, 0, 17], new Uint8Array(17), final],
      }))
        await refused(() => open(...parts), "open", name);
      for (const [name, parts] of Object.entries<(number[] | Bytes)[]>({
        nothing: [],
        "half a length": [[0x40]],
        "no chunk": [[17]],
        "half a chunk": [[17], new Uint8Array(16)],
        "no final chunk": [chunk(17)],
        "final chunk without a tag": [chunk(17), [0]],
        "final chunk with half a tag": [chunk(17), [0], new Uint8Array(15)],
      }))
        await refused(() => open(...parts), "truncated", name);
    },
  },
];

function exchangeCases(v: Vectors["exchanges"][number]): Case[] {
  const key = () => recipient(fromHex(v.key_config), fromHex(v.private_key));
  const opened = async () => (await key()).openRequest(inParts(fromHex(v.request.sealed), 4096));
  const response = fromHex(v.response.sealed);
  const plain = v.response.chunks.join("");
  return [
    {
      name: `${v.name}: request`,
      async run() {
        equal(toHex((await opened()).plain), v.request.chunks.join(""), "request");
        const bytewise = await (await key()).openRequest(inParts(fromHex(v.request.sealed), 1));
        equal(toHex(bytewise.plain), v.request.chunks.join(""), "request byte by byte");
      },
    },
    ...v.refused_requests.map((bad) => ({
      name: `${v.name}: request, ${bad.name}`,
      async run() {
        await refused(async () => (await key()).openRequest(inParts(fromHex(bad.sealed), 4096)), bad.error, "request");
      },
    })),
    {
      name: `${v.name}: response`,
      async run() {
        const { openResponse } = await opened();
        for (const size of [1, 2, 7, 4096])
          equal(toHex(await readAll(openResponse(inParts(response, size)))), plain, `in parts of ${size}`);
      },
    },
    {
      name: `${v.name}: response without the cells that were asked for`,
      async run() {
        const { openResponse } = await opened();
        const pull = openResponse(inParts(response, 4096), true);
        await refused(() => readAll(pull), "malformed", "response");
        await refused(pull, "malformed", "read after the error");
      },
    },
    ...v.refused_responses.map((bad) => ({
      name: `${v.name}: response, ${bad.name}`,
      async run() {
        const { openResponse } = await opened();
        const pull = openResponse(inParts(fromHex(bad.sealed), 4096));
        const error = await refused(() => readAll(pull), bad.error, "response");
        const again = await refused(pull, bad.error, "read after the error");
        equal(again === error, true, "errors are sticky");
      },
    })),
    {
      name: `${v.name}: response, cut anywhere`,
      async run() {
        const { openResponse } = await opened();
        for (let cut = 0; cut < response.length; cut++)
          await refused(
            () => readAll(openResponse(inParts(response.slice(0, cut), 64)), (sofar) => checkPrefix(sofar, plain)),
            // Within the final chunk, once there is enough of it for a tag, it does not authenticate.
            cut < response.length - finalBytes(v.response) + 16 ? "truncated" : "open",
            `cut at ${cut}`,
          );
      },
    },
    {
      name: `${v.name}: response, any bit flipped`,
      async run() {
        const { openResponse } = await opened();
        for (let bit = 0; bit < 8 * response.length; bit++) {
          const flipped = response.slice();
          flipped[bit >> 3]! ^= 1 << (bit & 7);
          try {
            await readAll(openResponse(inParts(flipped, 4096)), (sofar) => checkPrefix(sofar, plain));
          } catch {
            continue;
          }
          throw new Error(`accepted with bit ${bit} flipped`);
        }
      },
    },
  ];
}

/** The length of a final chunk without its length. */
function finalBytes(stream: Stream): number {
  return stream.chunks.at(-1)!.length / 2 + 16;
}

function checkPrefix(sofar: Bytes, plain: string): void {
  if (!plain.startsWith(toHex(sofar))) throw new Error("yielded what was not sealed");
}

async function decode(message: Pull): Promise<{ status: number; fields: Field[]; content: string; trailers: Field[] }> {
  const { status, headers, content, trailers } = await readResponse(message);
  const fields = (h: Headers) => [...h].map(([name, value]) => ({ name, value }));
  const body = text(await readAll(content));
  return { status, fields: fields(headers), content: body, trailers: fields(trailers) };
}

function messageCases(v: Vectors["messages"]): Case[] {
  return [
    ...v.requests.map((r) => ({
      name: `request message: ${r.name}`,
      run() {
        const headers = Object.fromEntries(r.fields.map((f) => [f.name, f.value]));
        const { method, authority, path, content: body } = r;
        equal(toHex(encodeRequest({ method, authority, path, headers, body })), r.message, "message");
      },
    })),
    ...v.responses.map((r) => ({
      name: `response message: ${r.name}`,
      async run() {
        const { status, fields, content, trailers } = r;
        for (const size of [1, 3, 4096]) {
          for (const padding of [0, 1, 100]) {
            const message = join([fromHex(r.message), new Uint8Array(padding)]);
            equal(await decode(inParts(message, size)), { status, fields, content, trailers }, `in parts of ${size}`);
          }
        }
      },
    })),
    ...v.refused_responses.map((r) => ({
      name: `response message refused: ${r.name}`,
      async run() {
        for (const size of [1, 4096])
          await refused(() => decode(inParts(fromHex(r.message), size)), "malformed", "message");
      },
    })),
    {
      name: "response message: limits of a section",
      async run() {
        const head = [3, 0x40, 200];
        const line = (name: string, length: number) => [
          name.length,
          ...new TextEncoder().encode(name),
          0x80,
          0,
          length >> 8,
          length & 255,
          ...new Uint8Array(length).fill(0x61),
        ];
        const message = (...parts: number[][]) => inParts(Uint8Array.from([...head, ...parts.flat(), 0, 0]), 65536);
        equal((await decode(message(line("a", 32767)))).fields.length, 1, "32768 bytes");
        await refused(() => decode(message(line("a", 32768))), "malformed", "32769 bytes");
        await refused(
          () => decode(message(line("a", 16384), line("b", 16384))),
          "malformed",
          "32770 bytes in two lines",
        );
        await refused(() => decode(message(line("a", 32769))), "malformed", "a value of 32769 bytes");
        const lines = (n: number) =>
          Array.from({ length: n }, (_, i) => [3, 0x61, 0x30 + (i >> 4), 0x61 + (i & 15), 1, 0x62]);
        equal((await decode(message(...lines(128)))).fields.length, 128, "128 lines");
        await refused(() => decode(message(...lines(129))), "malformed", "129 lines");
      },
    },
    {
      name: "response message: whatever the bytes, an answer or a malformed one",
      async run() {
        const seeds = [...v.responses, ...v.refused_responses].map((r) => fromHex(r.message));
        const random = numbers(4711);
        for (let i = 0; i < 3000; i++) {
          const bytes = Array.from(seeds[random(seeds.length)]!);
          for (let changes = 1 + random(3); changes > 0; changes--) {
            const at = random(bytes.length + 1);
            const value = [0, 1, 2, 0x40, 0x80, 0xc0, 255, random(256)][random(8)]!;
            bytes.splice(at, random(3), ...(random(3) === 0 ? [] : [value]));
          }
          const message = Uint8Array.from(bytes);
          const outcome = await decode(inParts(message, 1 + random(20))).catch((error: unknown) => error);
          if (outcome instanceof Error) await refused(() => Promise.reject(outcome), "malformed", toHex(message));
          const again = await decode(inParts(message, message.length + 1)).catch((error: unknown) => error);
          const shown = (o: unknown) => (o instanceof Error ? o.message : o);
          equal(shown(again), shown(outcome), "however it is cut into parts");
        }
      },
    },
  ];
}

function shapeCases({ shapes }: Vectors): Case[] {
  return shapes.map((v) => ({
    name: `cells: ${v.name}`,
    async run() {
      const read = () => {
        const reader = new CellReader(32);
        return toHex(join(v.cells.map((cell, i) => reader.data(fromHex(cell), i === v.cells.length - 1))));
      };
      if (v.error !== undefined) await refused(read, v.error, "cells");
      else equal(read(), v.stream, "stream");
    },
  }));
}
