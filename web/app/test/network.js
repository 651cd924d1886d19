import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = fileURLToPath(new URL("../../../bin/phallama", import.meta.url));

/** start starts the program, and returns what it says once it is ready, and what ends it. */
function start(args, env = {}) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
  const ended = once(child, "exit");
  let log = "";
  child.stderr.on("data", (chunk) => (log = (log + chunk).slice(-8192)));
  return {
    child,
    log: () => log,
    ended,
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** up starts a network, of two pods if nothing else is said. */
export async function up(...more) {
  const dir = await mkdtemp(join(tmpdir(), "phallama-page-"));
  const flags = ["--json", "--data", dir, "--listen", "127.0.0.1:0", "--rpc", "127.0.0.1:0"];
  const network = start([
    "up",
    ...flags,
    "--settle-every",
    "5s",
    ...(more.length > 0 ? more : ["--pods", "2"]),
  ]);
  let said = "";
  const ready = (async () => {
    for await (const chunk of network.child.stdout) {
      said += chunk;
      try {
        return JSON.parse(said);
      } catch {
        // not all of it yet
      }
    }
  })();
  const told = await Promise.race([ready, network.ended.then(() => undefined)]);
  if (!told)
    throw new Error("the network did not get ready: run `make build engine` first\n" + network.log());
  return {
    ...told,
    dir,
    /** run is what a command says with --json. */
    run: (...args) => run(dir, args),
    async stop() {
      await network.stop();
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** run is what a command says with --json, on a data directory. */
export async function run(dir, args, env = {}) {
  const { stdout } = await promisify(execFile)(program, [...args, "--json", "--data", dir], {
    env: { ...process.env, ...env },
  });
  return stdout && JSON.parse(stdout);
}

/** serve starts another gateway to a network, which wants keys and pays with an API key. */
export async function serve(network, key) {
  const dir = await mkdtemp(join(tmpdir(), "phallama-serve-"));
  const guest = await run(dir, ["gateway", "keys", "create", "guest"]);
  const flags = ["--require-key", "--listen", "127.0.0.1:0", "--network", join(network.dir, "network.json")];
  const gateway = start(["serve", "--data", dir, ...flags], { PHALLAMA_KEY: key });
  let url;
  while (!(url = /http:\/\/127\.0\.0\.1:\d+/.exec(gateway.log())?.[0])) {
    if (gateway.child.exitCode !== null) throw new Error("no gateway: " + gateway.log());
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    url,
    guest: guest.key,
    /** link logs in whoever runs it. */
    link: async () => (await run(dir, ["page", "--gateway", url])).link.split("/ui/")[1],
    async stop() {
      await gateway.stop();
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
