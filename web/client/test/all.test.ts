import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { webcrypto } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { liveCases, type Server } from "./live.js";
import type { Report } from "./page.js";
import { vectorCases, vectorFiles, type Vectors } from "./vectors.js";

globalThis.crypto ??= webcrypto as Crypto; // Node.js 18 has it, but not here

const root = fileURLToPath(new URL("../../../../", import.meta.url));

const vectors = Object.fromEntries(
  await Promise.all(
    vectorFiles.map(async (name) => [
      name,
      JSON.parse(await readFile(join(root, "testdata/vectors/envelope", name + ".json"), "utf8")),
    ]),
  ),
) as Vectors;

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe("vectors, in Node.js", () => {
  for (const { name, run } of vectorCases(vectors)) it(name, () => run());
});

// The limit is for a page that hangs.
describe("with the Go half", { timeout: 300_000 }, () => {
  let dir: string;
  let go: ChildProcess;
  let lines: AsyncIterator<string>;
  let server: Server;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "phallama-web-"));
    go = spawn("go", ["run", "./web/client/testserver", dir], {
      cwd: root,
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const out: Interface = createInterface({ input: go.stdout! });
    lines = out[Symbol.asyncIterator]();
    server = await line<Server>();
  });

  after(async () => {
    go.stdin!.end();
    if (go.exitCode === null) await once(go, "exit");
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The next line of the server's output. */
  async function line<T>(): Promise<T> {
    const { done, value } = await lines.next();
    if (done) throw new Error("the test server has ended");
    return JSON.parse(value) as T;
  }

  it("in Node.js", async (t) => {
    for (const { name, run } of liveCases(server)) await t.test(name, () => run());
  });

  it("in Chromium, and the vectors there", async (t) => {
    await writeFile(join(dir, "input.json"), JSON.stringify({ server, vectors }));
    await writeFile(
      join(dir, "index.html"),
      '<!doctype html><title>test</title><script type="module" src="page.js"></script>',
    );
    await build({
      entryPoints: [fileURLToPath(new URL("page.js", import.meta.url))],
      bundle: true,
      format: "esm",
      outfile: join(dir, "page.js"),
      logLevel: "error",
    });
    const chromium = spawn(
      process.env["CHROMIUM"] ?? "chromium",
      [...flags, `--user-data-dir=${dir}/profile`, server.url],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    let log = "";
    chromium.stderr!.on("data", (chunk: Buffer) => (log = (log + chunk).slice(-8192)));
    const gone = once(chromium, "exit");
    const closed = gone.then(() => {
      throw new Error("Chromium has ended:\n" + log);
    });
    closed.catch(() => {});
    try {
      const reported = new Set<string>();
      for (;;) {
        const report = await Promise.race([line<Report>(), closed]);
        if ("done" in report) {
          assert.equal(report.error, undefined);
          break;
        }
        reported.add(report.name);
        await t.test(report.name, () => assert.equal(report.error, undefined));
      }
      const expected = [...vectorCases(vectors), ...liveCases(server)].map((c) => c.name);
      assert.deepEqual([...reported].sort(), [...new Set(expected)].sort());
    } finally {
      chromium.kill();
      await gone.catch(() => {});
    }
  });
});
