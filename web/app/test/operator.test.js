import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { browse, budget, look, screens } from "./browser.js";
import { door, up } from "./network.js";

const settles = 120_000; // milliseconds, at most

/** decimal is base units as the page writes them. */
function decimal(base) {
  const digits = base.padStart(19, "0");
  return `${BigInt(digits.slice(0, -18))}.${digits.slice(-18)}`.replace(/\.?0*$/, "");
}

describe("an operator's page, in Chromium, on a network with simulated attestation", () => {
  let network, pod, front, browser, page;

  before(async () => {
    network = await up();
    const own = network.pods[0];
    front = await door(own.page);
    browser = await browse(front.url);
    pod = own.id;
    page = await browser.visit();
  });
  after(async () => {
    await browser?.close();
    await front?.shut();
    await network?.stop();
  });

  const report = async () => (await fetch(front.url + "/ui/api/report")).json();

  it("shows a pod that nobody has asked yet", async () => {
    await page.getByText("All is well.").waitFor();
    await page.getByText("None yet: one follows").waitFor();
    const { size, paint } = await browser.weigh(page);
    console.log(`operator_gzip_bytes=${size} first_contentful_paint_ms=${paint.toFixed(0)}`);
    assert.ok(size > 10_000 && size < budget, `${size} bytes`);
    await page.getByText("SIMULATED No hardware stands behind").waitFor();
    const text = await page.locator("main").innerText();
    for (const want of [pod, "0 requests being answered", "Registration ends", "wisp:latest", "0.8 dPHA"])
      assert.ok(text.includes(want), want);
    for (const screen of screens) {
      const empty = await browser.visit("", screen);
      await empty.getByText("All is well.").waitFor();
      await look(empty, "operator-empty", screen);
      await empty.context().close();
    }
  });

  it("answers to this machine's names and to reading only", async () => {
    const ask = (method, path, headers) =>
      new Promise((resolve, reject) => {
        const options = { method, headers };
        request(front.url + path, options, (r) => (r.resume(), resolve(r.statusCode)))
          .on("error", reject)
          .end();
      });
    assert.equal(await ask("GET", "/ui/api/report", { Host: "evil.example" }), 403);
    assert.equal(await ask("GET", "/ui/api/report", { Origin: "https://evil.example" }), 403);
    assert.equal(await ask("POST", "/ui/api/report", {}), 405);
    assert.equal(await ask("GET", "/ui/api/money", {}), 404);
    assert.equal(await ask("GET", "/ui/index.html", {}), 404);
    assert.equal(await ask("GET", "/ui/api/report", {}), 200);
  });

  it("shows a settlement when it happens, and what it cost", { timeout: settles + 60_000 }, async () => {
    let asked;
    do {
      const messages = [{ role: "user", content: "Repeat after me: a" }];
      const body = JSON.stringify({ model: "wisp:latest", stream: false, messages });
      asked = await (await fetch(network.gateway + "/api/chat", { method: "POST", body })).json();
    } while (asked.phallama.pod !== pod); // the other pod is asked, too
    await page.locator(".history tbody tr").first().waitFor({ timeout: settles }); // without a reload
    const r = await report();
    assert.equal(r.history.length, 1);
    const [entry] = r.history;
    const cells = await page.locator(".history tbody td").allInnerTexts();
    assert.equal(cells[0], String(entry.seq));
    assert.equal(cells[3], decimal(entry.charged));
    assert.equal(cells[5], decimal(entry.fee));
    assert.equal(cells[4].replace(/\D/g, ""), String(entry.gas));
    assert.ok(entry.gas > 21_000 && BigInt(entry.charged) > 0n, JSON.stringify(entry));
    assert.equal(r.claimable, entry.charged);
    assert.equal(r.earned.hour, entry.charged);
    assert.equal(await page.locator(".figures strong").first().innerText(), decimal(entry.charged));
    assert.equal(await page.locator(".chart rect").count(), 1);

    // It is what the chain says: the user's receipts of this pod sum up to it.
    const { receipts } = await network.run("receipts");
    const sum = receipts
      .filter((e) => e.session.pod === pod)
      .reduce((a, e) => a + BigInt(e.receipt.cost), 0n);
    assert.equal(BigInt(entry.charged), sum);
  });

  it("holds at phone and desktop width, light and dark, without axe finding anything", async () => {
    for (const screen of screens) {
      const one = await browser.visit("", screen);
      await one.locator(".history tbody tr").first().waitFor();
      await look(one, "operator", screen);
      await one.context().close();
    }
  });

  it("says what is wrong and what to do, and that it is over", async () => {
    const podd = await process_(network, pod);
    process.kill(podd, "SIGSTOP");
    try {
      await page.getByText("the pod does not answer").waitFor();
      await page.getByText("What to do: start podd").waitFor();
    } finally {
      process.kill(podd, "SIGCONT");
    }
    await page.getByText("All is well.").waitFor();
  });

  it("is offline while the agent is gone, and goes on", async () => {
    await front.shut();
    await page.getByRole("alert").getByText("Offline").waitFor();
    await front.open();
    await page.getByRole("alert").waitFor({ state: "detached" });
    browser.stayedHome();
  });
});

/** process_ is the number of a pod's podd among the network's children. */
async function process_(network, pod) {
  const name = network.pods.find((p) => p.id === pod).name;
  for (const id of await readdir("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    const line = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (line.includes("podd\0") && line.includes(`${network.dir}/devnet/${name}.json`)) return Number(id);
  }
  throw new Error("there is no podd of pod " + name);
}
