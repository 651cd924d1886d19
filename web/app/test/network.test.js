import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ask, browse, look, screens, scrolled } from "./browser.js";
import { door, up } from "./network.js";

describe("the network, in Chromium, with a pod that was tampered with, attestation simulated", () => {
  let network, front, browser, tampered;

  before(async () => {
    network = await up("--pods", "3", "--operators", "2", "--tampered", "1");
    front = await door(network.gateway);
    browser = await browse(front.url);
    tampered = network.pods[2].id;
  });
  after(async () => {
    await browser?.close();
    await front?.shut();
    await network?.stop();
  });

  const visit = (...args) => browser.visit(...args);
  const card = (page, id) => page.locator(".rows .card", { hasText: id.slice(0, 10) });

  it("refuses a pod that was tampered with, and says why; the others answer", async () => {
    const page = await visit("#network");
    await page.getByText("2 verified, 1 refused").waitFor();
    const refused = card(page, tampered);
    await refused.getByText("Refused.").waitFor();
    const reason = await refused.locator(".broken").innerText();
    assert.match(
      reason,
      /measurement failed: expected an enclave or guest of the policy: sgx [0-9a-f]{64}, got sgx [0-9a-f]{64}/,
    );
    assert.match(reason, /the pod runs other code than this policy allows/);
    await refused.getByRole("link").click();
    await page.getByText("No question goes there.").waitFor();
    assert.equal(await page.locator(".checks").count(), 0);
    const { pods } = await network.run("pods");
    assert.ok(reason.includes(pods.find((p) => p.record.id === tampered).refused));

    await page.getByRole("link", { name: "Chat" }).click();
    for (let i = 0; i < 3; i++) {
      await ask(page, "Repeat after me: falcon-3");
      await page.locator(".seal").nth(i).waitFor();
      await page.locator(".seal summary").nth(i).click();
      assert.notEqual(await page.locator(".seal").nth(i).locator("dd code").first().innerText(), tampered);
    }
    await page.context().close();
  });

  it("lists the pods, and each with its evidence, step by step", async () => {
    const page = await visit("#network");
    await card(page, network.pods[0].id).getByText("Verified · tier T0-simulated").waitFor();
    await card(page, network.pods[0].id).getByRole("link").click();
    await page.locator(".steps .checks li").nth(30).waitFor();
    const { pods } = await network.run("pods");
    const pod = pods.find((p) => p.record.id === network.pods[0].id);
    const shown = await page.locator(".checks strong").allInnerTexts();
    assert.deepEqual(shown.toSorted(), pod.claims.checks.map((c) => c.name).toSorted());
    assert.deepEqual(await page.locator(".steps h3").allInnerTexts(), [
      "Intel vouches for the machine",
      "The machine is up to date",
      "The machine signed the quote",
      "The program is the one that was agreed on",
      "The key is that program’s",
    ]);
    const download = page.waitForEvent("download");
    await page.getByText("raw, as it is on chain").click();
    const quote = await readFile(await (await download).path());
    assert.deepEqual(quote, Buffer.from(pod.record.evidence, "base64"));
    for (const [path, status, says] of [
      ["0x12", 400, /pod: /],
      ["0x" + "0".repeat(40), 404, /the registry lists no pod/],
    ]) {
      const response = await page.request.get(`${front.url}/ui/api/pods/${path}`);
      assert.equal(response.status(), status);
      assert.match((await response.json()).error, says);
    }
    await page.context().close();
  });

  it("counts what the pods have done for us, and finds and orders them", async () => {
    const page = await visit("#network");
    await page
      .getByText(/[1-9] answered, 0 failed; first byte after \d+ ms/)
      .first()
      .waitFor();
    await page.getByLabel("Find").fill(network.pods[1].id.slice(0, 12));
    await page.locator(".rows .card").nth(1).waitFor({ state: "detached" });
    assert.equal(await card(page, network.pods[1].id).count(), 1);
    await page.getByLabel("Find").fill("no such pod");
    await page.getByText("No pod is like that.").waitFor();
    await page.getByLabel("Find").fill("wisp");
    await page.getByLabel("Show").selectOption("refused");
    await card(page, tampered).waitFor();
    assert.equal(await page.locator(".rows .card").count(), 1);
    await page.context().close();
  });

  it("shows models by price, and the policy in force", async () => {
    const page = await visit("#network/prices");
    await page.locator(".map a").nth(1).waitFor();
    assert.equal(await page.locator(".map a").count(), 2); // the refused one is none
    // So few offers stand in the table at once.
    assert.equal(await page.locator(".prices td code").filter({ visible: true }).count(), 2);
    await page.getByText("As a table").click();
    assert.equal(await page.locator(".prices td code").filter({ visible: true }).count(), 0);
    await page.locator(".map a").first().focus();
    await page.locator(".told", { hasText: /^Pod 0x[0-9a-f]{8}: 0\.8 dPHA written, 0\.2 read$/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".steps").waitFor();

    await page.goto(front.url + "/ui/#network/policy");
    const policy = await network.run("policy", "show");
    await page.getByText(policy.hashes[0]).waitFor();
    const text = await page.locator(".page").innerText();
    for (const { mrenclave } of policy.governance.measurements) assert.ok(text.includes(mrenclave));
    assert.equal(policy.governance.measurements.length, 2); // governance lists the other one, too
    assert.match(text, /Pending changes\s+None\./);
    await page.context().close();
  });

  it("shows what waits in the timelock, and how long", async () => {
    const page = await visit();
    await page.route("**/ui/api/policy", async (route) => {
      const response = await route.fetch();
      const object = await response.json();
      const ready = Math.floor(Date.now() / 1000) + 2 * 86400 + 60;
      object.proposals.push({ id: "0x01", what: "addMeasurement mrenclave=ab", ready, done: false });
      await route.fulfill({ json: object });
    });
    await page.goto(front.url + "/ui/#network/policy");
    await page.getByText("Possible in 2 days").waitFor();
    await page.getByText("addMeasurement mrenclave=ab").waitFor();
    await page.context().close();
  });

  it("shows what an operator publishes twice", async () => {
    const page = await visit();
    const { pods } = await (await page.request.get(front.url + "/ui/api/pods")).json();
    for (const p of pods) {
      const [offer] = p.offers;
      p.offers = [offer, offer, { ...offer, modelDigest: "0x" + "1".repeat(64), outPerM: "0" }];
    }
    await page.route("**/ui/api/events", (route) => route.abort());
    await page.route("**/ui/api/pods", (route) => route.fulfill({ json: { pods } }));
    await page.goto(front.url + "/ui/#network");
    await page.reload();
    await page.locator(".rows .card").nth(2).waitFor();
    await page.getByRole("link", { name: "Models and prices" }).click();
    await page.locator(".map a").nth(5).waitFor();
    assert.equal(await page.locator(".map h3").count(), 1);
    await page.context().close();
    browser.stayedHome(); // and without a complaint
  });

  it("stays smooth with two hundred pods", async () => {
    const page = await visit();
    const { pods } = await (await page.request.get(front.url + "/ui/api/pods")).json();
    const many = Array.from({ length: 200 }, (_, i) => {
      const one = structuredClone(pods[i % pods.length]);
      one.id = "0x" + i.toString(16).padStart(40, "0");
      one.offers = one.offers.map((o) => ({
        ...o,
        model: `model-${i % 20}`,
        outPerM: `${(i + 1) ** 2}0000000000000000`,
      }));
      return one;
    });
    await page.route("**/ui/api/events", (route) => route.abort());
    await page.route("**/ui/api/pods", (route) => route.fulfill({ json: { pods: many } }));
    await page.goto(front.url + "/ui/#network");
    await page.reload();
    await page.getByText(/1\d\d verified, \d\d refused/).waitFor();
    const frames = await scrolled(page, ".rows .card", 200);
    console.log(
      `pods=200 cards_at_once=${frames.nodes} frame_ms_p50=${frames.p50.toFixed(1)} p95=${frames.p95.toFixed(1)}`,
    );
    assert.ok(frames.nodes > 0 && frames.nodes < 60, `${frames.nodes} cards at once`);
    assert.ok(frames.top > 5_000, `scrolled to ${frames.top}`);
    assert.deepEqual(frames.blocked, []);
    // Who cannot see the list hears how long it is, and where in it a pod stands.
    const heard = await page
      .getByRole("list", { name: "Pods, 200 in all" })
      .getByRole("listitem")
      .evaluateAll((all) => all.map((e) => [Number(e.ariaPosInSet), e.ariaSetSize]));
    assert.ok(heard[0][0] > 20, `the first of those in sight is number ${heard[0][0]}`);
    assert.deepEqual(
      heard,
      heard.map((_, i) => [heard[0][0] + i, "200"]),
    );
    await page.getByLabel("Order by").selectOption("price");
    await page.evaluate(() => scrollTo(0, 0));
    await card(page, many[0].id).first().waitFor();
    await page.goto(front.url + "/ui/#network/prices");
    await page.locator(".map a").nth(100).waitFor();
    assert.equal(await page.locator(".map h3").count(), 20);
    assert.equal(await page.locator(".prices td code").filter({ visible: true }).count(), 0); // before it is opened
    const far = await page.evaluate(() => {
      const [least, most] = [...document.querySelectorAll(".map a > svg")]
        .map((s) => s.x.baseVal.valueInSpecifiedUnits)
        .sort((a, b) => a - b)
        .filter((_, i, all) => i === 0 || i === all.length - 1);
      return most - least;
    });
    assert.ok(Math.abs(far - 96) < 0.1, `${far}% from the cheapest to the dearest`);
    await page.context().close();
  });

  it("holds at phone and desktop width, light and dark, without axe finding anything", async () => {
    for (const screen of screens) {
      const page = await visit("#network", screen);
      await card(page, network.pods[0].id).waitFor();
      await look(page, "network", screen);
      await page.getByRole("link", { name: "Models and prices" }).click();
      await page.locator(".map").waitFor();
      await look(page, "prices", screen);
      await page.getByRole("link", { name: "Policy" }).click();
      await page.getByText("Pending changes").waitFor();
      await look(page, "policy", screen);
      await page.goto(front.url + "/ui/#network/" + network.pods[0].id);
      await page.locator(".steps").waitFor();
      await look(page, "pod", screen);
      await page.goto(front.url + "/ui/#network/" + tampered);
      await page.getByText("No question goes there.").waitFor();
      await look(page, "refused", screen);
      await page.context().close();
    }
  });

  // The last one: a measurement that is revoked stays so.
  it("refuses at once what governance takes back", async () => {
    const page = await visit("#network");
    await page.getByText("2 verified, 1 refused").waitFor();
    const { governance } = await network.run("policy", "show");
    const { policies } = await network.run("policy", "show");
    const good = policies[0].measurements.sgx[0].mrenclave;
    assert.ok(governance.measurements.some((m) => m.mrenclave === "0x" + good && m.status === "active"));
    await network.run("policy", "revoke", good, "--key", join(network.dir, "devnet", "keys", "deployer"));
    await page.getByText("0 verified, 3 refused").waitFor();
    await card(page, network.pods[0].id)
      .getByText(/chain-standing/)
      .waitFor();
    await page.getByRole("link", { name: "Policy" }).click();
    await page.getByText("revoked").first().waitFor();
    await page.getByRole("link", { name: "Chat" }).click();
    await page.getByText("No verified pod offers a model.").waitFor();
    browser.stayedHome();
    await page.context().close();
  });
});
