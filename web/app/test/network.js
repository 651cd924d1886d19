import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../bin/phallama", import.meta.url));

/** up starts a network of two pods, and returns its gateway's URL and what ends it. */
export async function up() {
  const dir = await mkdtemp(join(tmpdir(), "phallama-page-"));
  const flags = ["--json", "--data", dir, "--listen", "127.0.0.1:0", "--rpc", "127.0.0.1:0", "--pods", "2"];
  const network = spawn(program, ["up", ...flags], { stdio: ["pipe", "pipe", "pipe"] });
  let log = "";
  network.stderr.on("data", (chunk) => (log = (log + chunk).slice(-8192)));
  let said = "";
  const ended = once(network, "exit");
  const ready = (async () => {
    for await (const chunk of network.stdout) {
      said += chunk;
      try {
        return JSON.parse(said);
      } catch {
        // not all of it yet
      }
    }
  })();
  const told = await Promise.race([ready, ended.then(() => undefined)]);
  if (!told) throw new Error("the network did not get ready: run `make build engine` first\n" + log);
  return {
    gateway: told.gateway,
    async stop() {
      network.kill("SIGINT");
      await ended;
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** door is a port of its own before a gateway, which can be shut, and let through a little at a time. */
export async function door(gateway) {
  const { hostname, port } = new URL(gateway);
  const open = new Set();
  let trickling = false;
  const listen = (at) =>
    new Promise((resolve, reject) => {
      const server = createServer((from) => {
        const to = connect(Number(port), hostname);
        for (const [a, b] of [
          [from, to],
          [to, from],
        ]) {
          open.add(a);
          if (a === to && trickling) trickle(a, b);
          else a.pipe(b);
          a.on("error", () => b.destroy());
          a.on("close", () => (open.delete(a), b.destroy()));
        }
      });
      server.on("error", reject);
      server.listen(at, "127.0.0.1", () => resolve(server));
    });
  let server = await listen(0);
  const at = server.address().port;
  return {
    url: `http://127.0.0.1:${at}`,
    async shut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async open() {
      server = await listen(at);
    },
    /** slow says whether connections made from now on are slow; those that are open are closed, unless they may stay. */
    slow(is, close = true) {
      trickling = is;
      if (close) for (const socket of open) socket.destroy();
    },
  };
}

/** trickle lets through a kilobyte every 20 ms. */
function trickle(from, to) {
  let held = Buffer.alloc(0);
  from.on("data", (chunk) => (held = Buffer.concat([held, chunk])));
  const tick = setInterval(() => {
    if (held.length > 0) to.write(held.subarray(0, 1024));
    held = held.subarray(1024);
  }, 20);
  from.on("close", () => clearInterval(tick));
}
