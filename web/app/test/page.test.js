import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ask, browse, budget, look, screens } from "./browser.js";
import { door, up } from "./network.js";

describe("the page, in Chromium, on a network with simulated attestation", () => {
  let network, front, browser;

  before(async () => {
    network = await up();
    front = await door(network.gateway);
    browser = await browse(front.url);
  });
  after(async () => {
    await browser?.close();
    await front?.shut();
    await network?.stop();
  });

  const visit = (...args) => browser.visit(...args);

  it("answers a first question, and seals it with every check", async () => {
    const page = await visit();
    await ask(page, "Repeat after me: falcon-4711");
    const seal = page.locator(".seal");
    await seal.waitFor();
    assert.match(await page.locator("article.assistant .markdown").innerText(), /^falcon-4711/);
    await seal.locator("summary").click();
    const id = await seal.locator("dd code").first().innerText();
    const pod = (await network.run("pods")).pods.find((p) => p.record.id === id);
    assert.ok(pod, `pod ${id} is on the list`);
    await seal.locator(".checks li").first().waitFor();
    const shown = await seal.locator(".checks strong").allInnerTexts();
    assert.deepEqual(shown.toSorted(), pod.claims.checks.map((c) => c.name).toSorted());
    assert.ok(shown.length > 30, `${shown.length} checks`);
    const text = await seal.innerText();
    for (const want of ["SIMULATED", "T0-simulated", "dPHA", /0x[0-9a-f]{64}/])
      assert.match(text, RegExp(want));
    await page.getByText("SIMULATED No hardware stands behind").waitFor();

    // It is kept in this browser, and gone once it is wiped.
    await page.reload();
    await page.locator(".seal").waitFor();
    await page.getByRole("button", { name: "Wipe", exact: true }).click();
    await page.getByRole("button", { name: "Wipe all, for good" }).click();
    await page.getByText("Ask something").waitFor();
    await page.reload();
    await page.getByText("0 kept in this browser").waitFor();
    await page.context().close();
  });

  it("stops in the middle of an answer, and asks again", async () => {
    const page = await visit();
    await page.locator("select option").first().waitFor({ state: "attached" });
    front.slow(true); // so that there is a middle
    await ask(page, "Talk forever");
    await page.locator("article.assistant .markdown p").first().waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Not proven.").waitFor();
    assert.equal(await page.locator(".seal").count(), 0);
    assert.match(await page.locator(".broken").innerText(), /Stopped/);
    front.slow(false);
    await page.getByRole("button", { name: "New conversation" }).click();
    await ask(page, "Repeat after me: falcon-1");
    await page.locator(".seal").waitFor();
    await page.getByRole("button", { name: "Again" }).click();
    await page.locator(".wait, .seal").first().waitFor();
    await page.locator(".seal").waitFor();
    assert.equal(await page.locator("article").count(), 2);
    await page.context().close();
  });

  it("goes on with an answer while one looks elsewhere, and takes a system prompt along", async () => {
    const page = await visit();
    await page.locator("select option").first().waitFor({ state: "attached" });
    let sent;
    page.on("request", (r) => r.url().endsWith("/api/chat") && (sent = r.postDataJSON()));
    await page.locator(".options summary").click();
    await page.getByLabel("System prompt").fill("Be brief.");
    await page.getByLabel("Temperature").fill("0.5");
    await page.getByLabel("Tokens at most").fill("300");
    front.slow(true);
    await ask(page, "Talk forever");
    await page.locator("article.assistant .markdown p").first().waitFor();
    await page.getByRole("link", { name: "Network" }).click();
    await page.getByRole("heading", { name: "Network" }).waitFor();
    front.slow(false, false);
    await page.getByRole("link", { name: "Chat" }).click();
    await page.locator(".seal").waitFor();
    assert.equal(sent.options.num_predict, 300);
    assert.equal(sent.options.temperature, 0.5);
    assert.deepEqual(
      sent.messages.map((m) => `${m.role}: ${m.content}`),
      ["system: Be brief.", "user: Talk forever"],
    );

    // Another tab's conversation is not lost by what this one keeps, nor is what cannot be read, until it is wiped.
    const other = await page.context().newPage();
    await other.goto(front.url + "/ui/");
    await ask(page, "Repeat after me: falcon-5");
    await page.locator(".seal").nth(1).waitFor();
    await other.getByRole("button", { name: "New conversation" }).click();
    await ask(other, "Repeat after me: falcon-6");
    await other.locator(".seal").waitFor();
    await page.reload();
    await page.getByText("2 kept in this browser").waitFor();
    await page.evaluate(() => localStorage.setItem("phallama-conversations", "{"));
    await page.reload();
    await page.getByText("cannot be read").waitFor();
    await ask(page, "Repeat after me: falcon-7");
    await page.locator(".seal").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("phallama-conversations")), "{");
    await page.getByRole("button", { name: "Wipe", exact: true }).click();
    await page.getByRole("button", { name: "Wipe all, for good" }).click();
    await page.getByText("0 kept in this browser").waitFor();
    await page.context().close();
  });

  it("shows an error as what it is", async () => {
    const page = await visit();
    await page.route("**/api/chat", (route) =>
      route.continue({ postData: '{"model":"no-such","messages":[]}' }),
    );
    await ask(page, "Hello");
    await page.getByText("Not proven.").waitFor();
    assert.match(await page.locator(".broken").innerText(), /no-such/);
    await page.unroute("**/api/chat");
    const cut = '{"message":{"content":"half an "},"done":false}\n';
    await page.route("**/api/chat", (route) =>
      route.fulfill({ contentType: "application/x-ndjson", body: cut }),
    );
    await ask(page, "Hello");
    await page.getByText("broke off before it was proven").waitFor();
    await page.context().close();
  });

  it("makes text of what a model says, and nothing else", async () => {
    const page = await visit();
    const said = [
      "# Title\n\n**bold** and `code` <b>raw</b> <script>alert(1)</script> <img src=x onerror=alert(1)>",
      "[bad](javascript:alert(1)) [good](https://example.org) ![pic](https://example.org/x.png)",
      "- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
      "```go\nfmt.Println(1)\n```",
    ].join("\n\n");
    const label = { pod: "0x00", tier: "T0-simulated", cost: "1", receipt: "0x01", requestId: "02" };
    const body = JSON.stringify({ message: { content: said }, done: true, phallama: label }) + "\n";
    await page.route("**/api/chat", (route) => route.fulfill({ contentType: "application/x-ndjson", body }));
    await ask(page, "Hello");
    await page.locator(".seal").waitFor();
    const answer = page.locator("article.assistant .markdown");
    assert.equal(await answer.locator("script, img, b").count(), 0);
    assert.deepEqual(await answer.locator("a").evaluateAll((all) => all.map((a) => a.getAttribute("href"))), [
      "https://example.org",
    ]);
    assert.equal(await answer.locator("strong").innerText(), "bold");
    assert.equal(await answer.locator("li").count(), 2);
    assert.equal(await answer.locator("td").count(), 2);
    assert.equal(await answer.locator("pre").innerText(), "fmt.Println(1)");
    await page.context().close();
  });

  it("is offline while the gateway is gone, and goes on", async () => {
    const page = await visit("#network");
    await page.locator(".rows .card").first().waitFor();
    await front.shut();
    await page.getByRole("alert").getByText("Offline").waitFor();
    await front.open();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Chat" }).click();
    await ask(page, "Repeat after me: falcon-2");
    await page.locator(".seal").waitFor();
    await page.context().close();
  });

  it("loads and asks nothing that is foreign", async () => {
    const page = await visit();
    await page.getByText("Ask something").waitFor();
    const blocked = await page.evaluate(async () => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", (e) => seen.push(e.effectiveDirective));
      const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
      add("img", { src: "https://example.org/x.png" });
      add("script", { src: "https://example.org/x.js" });
      add("script", { textContent: "window.ran = true" });
      add("iframe", { src: "https://example.org/" });
      add("link", { rel: "stylesheet", href: "https://example.org/x.css" });
      await fetch("https://example.org/").catch(() => {});
      await fetch("http://127.0.0.1:9/").catch(() => {});
      await new Promise((done) => setTimeout(done, 500));
      return { seen: [...new Set(seen)].sort(), ran: "ran" in window };
    });
    const directives = ["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"];
    assert.deepEqual(blocked, { seen: directives, ran: false });
    await page.context().close();
  });

  it("holds at phone and desktop width, light and dark, without axe finding anything", async () => {
    for (const screen of screens) {
      const page = await visit("", screen);
      await page.getByText("Ask something").waitFor();
      await page.locator("select option").first().waitFor({ state: "attached" });
      await look(page, "empty", screen);
      await ask(page, "What is a pod?");
      await page.locator(".seal").waitFor();
      await look(page, "chat", screen);
      await page.locator(".seal summary").click();
      await page.locator(".seal .checks li").first().waitFor();
      await page.locator(".options summary").click();
      await look(page, "seal", screen);
      await page.context().close();
    }
  });

  it("is small at first, paints soon, and all of it came from this machine", async () => {
    const page = await visit();
    await page.getByText("Ask something").waitFor();
    const { size, paint } = await browser.weigh(page);
    console.log(`page_gzip_bytes=${size} first_contentful_paint_ms=${paint.toFixed(0)}`);
    assert.ok(size > 20_000 && size < budget, `${size} bytes`);
    await page.context().close();
    // The attempts of the test above are seen here, and were blocked; nothing else was tried.
    browser.stayedHome("https://example.org/", "http://127.0.0.1:9/");
  });
});
