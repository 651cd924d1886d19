import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ask, browse, look, screens, scrolled } from "./browser.js";
import { inject, openKey } from "./injected.js";
import { door, serve, up } from "./network.js";

const token = 10n ** 18n;
const settles = 120_000; // milliseconds, at most

describe("the wallet, in Chromium, on a network with simulated attestation", () => {
  let network, front, browser, asked;

  before(async () => {
    network = await up();
    front = await door(network.gateway);
    browser = await browse(front.url);
    // Asked first, to be settled by the time that it is looked for.
    const chat = {
      model: "wisp:latest",
      stream: false,
      messages: [{ role: "user", content: "Repeat after me: a" }],
    };
    const response = await fetch(network.gateway + "/api/chat", {
      method: "POST",
      body: JSON.stringify(chat),
    });
    asked = (await response.json()).phallama;
  });
  after(async () => {
    await browser?.close();
    await front?.shut();
    await network?.stop();
  });

  const link = async () => (await network.run("page", "--gateway", network.gateway)).link.split("/ui/")[1];
  const money = () => network.run("wallet");

  /** enter opens the wallet as whoever runs the gateway. */
  async function enter(part = "", options = {}, prepare = async () => {}) {
    const page = await browser.visit("", options);
    await prepare(page);
    await page.goto(front.url + "/ui/" + (await link()));
    await page.reload(); // as a link is followed into a tab of its own
    await page.getByRole("button", { name: "Log out" }).waitFor();
    await page.goto(front.url + "/ui/#wallet" + part);
    return page;
  }

  async function amountOf(page, place) {
    const text = await page.locator(".places div", { hasText: place }).locator("dd strong").innerText();
    return BigInt(Math.round(Number(text) * 1e6)) * 10n ** 12n;
  }

  it("shows money to nobody who has not logged in, which a link does once", async () => {
    const page = await browser.visit("#wallet");
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    for (const path of ["money", "money/events", "spending", "receipts", "sessions", "keys"]) {
      assert.equal((await page.request.get(`${front.url}/ui/api/${path}`)).status(), 401, path);
    }
    for (const path of ["deposit", "withdraw", "sessions/close", "keys", "keys/revoke"]) {
      const response = await page.request.post(`${front.url}/ui/api/${path}`, { data: {} });
      assert.equal(response.status(), 401, path);
    }
    const printed = network.page.split("/ui/")[1]; // by `up`
    await page.getByLabel("Link").fill(network.page);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("Where the money is").waitFor();
    await page.getByText("dPHA in all").waitFor();

    const other = await browser.visit(printed);
    await other.getByText("The link was used").or(other.getByText("the link was used")).waitFor();
    assert.equal(new URL(other.url()).hash, "#chat"); // it is not left in the address
    await other.context().close();

    // Nothing to log in with is where a script, or the next who sits here, finds it.
    const kept = await page.evaluate(() => [
      document.cookie,
      ...Object.values(localStorage),
      ...Object.values(sessionStorage),
    ]);
    assert.deepEqual(kept, [""]);
    const cookies = await page.context().cookies();
    assert.deepEqual(
      cookies.map((c) => [c.httpOnly, c.sameSite]),
      [[true, "Strict"]],
    );
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    assert.equal((await page.request.get(front.url + "/ui/api/money")).status(), 401);
    await page.context().close();
  });

  it("asks to log in again once the gateway does not know the browser any more", async () => {
    const page = await enter();
    await page.getByText("Where the money is").waitFor();
    const { name, value, domain, path } = (await page.context().cookies())[0];
    await page.request.post(front.url + "/ui/api/logout", { data: {} }); // as in another tab
    await page.context().addCookies([{ name, value, domain, path }]);
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    await page.context().close();
  });

  it("deposits and withdraws", async () => {
    const page = await enter();
    await page.getByText("Where the money is").waitFor();
    const before = await money();
    const withdraw = page.locator("form", { hasText: "Withdraw" });
    await withdraw.getByLabel("Tokens").fill("5");
    await withdraw.getByRole("button", { name: "Withdraw" }).click();
    await page.getByText(/withdrew 5 dPHA in block \d+, transaction 0x/).waitFor();
    let now = await money();
    assert.equal(BigInt(now.held) - BigInt(before.held), 5n * token);
    assert.equal(await amountOf(page, "In the wallet"), BigInt(now.held));
    const deposit = page.locator("form", { hasText: "Deposit" });
    await deposit.getByLabel("Tokens").fill("2.5");
    await deposit.getByRole("button", { name: "Deposit from the wallet" }).click();
    await page.getByText("deposited 2.5 dPHA in block").waitFor();
    now = await money();
    assert.equal(BigInt(now.held) - BigInt(before.held), (5n * token) / 2n);
    assert.equal(await amountOf(page, "In the wallet"), BigInt(now.held));

    for (const [tokens, to, want] of [
      ["much", "", /amount: want tokens above zero, such as 2\.5, got "much"/],
      ["0", "", /amount: want tokens above zero/],
      ["1", "0x12", /where to: /],
      ["1000000", "", /./],
    ]) {
      await withdraw.getByLabel("Tokens").fill(tokens);
      await withdraw.getByLabel("To", { exact: true }).fill(to);
      await withdraw.getByRole("button", { name: "Withdraw" }).click();
      assert.match(await page.locator(".outcome .broken").innerText(), want);
    }
    assert.deepEqual((await money()).held, now.held);
    await page.context().close();
  });

  it("deposits from a browser's wallet, an injected EIP-1193 provider", async () => {
    const account = await openKey(join(network.dir, "devnet", "keys", "deployer")); // which has gas
    let said;
    const page = await enter("", {}, async (page) => (said = await inject(page, account, network.rpc)));
    assert.equal((await page.request.get(front.url + "/ui/")).status(), 200);
    const big = browser.asked.filter((u) => /assets\/browser-/.test(u)).length;
    await page.getByRole("button", { name: "Connect Test wallet" }).click();
    await page.getByText("connected to " + account.address).waitFor();
    assert.ok(
      browser.asked.filter((u) => /assets\/browser-/.test(u)).length > big,
      "its library came when asked for",
    );
    await page.getByRole("button", { name: "To Test wallet" }).click();
    const withdraw = page.locator("form", { hasText: "Withdraw" });
    await withdraw.getByLabel("Tokens").fill("3");
    await withdraw.getByRole("button", { name: "Withdraw", exact: true }).click();
    await page.getByText("withdrew 3 dPHA").waitFor();
    const before = await money();
    const deposit = page.locator("form", { hasText: "Deposit" });
    await deposit.getByLabel("Tokens").fill("1.25");
    await deposit.getByRole("button", { name: "Deposit from Test wallet" }).click();
    await page.getByText("deposited 1.25 dPHA in block").waitFor();
    const now = await money();
    assert.equal(BigInt(now.available) - BigInt(before.available), (5n * token) / 4n);
    assert.equal(now.held, before.held);
    for (const method of ["eth_requestAccounts", "wallet_addEthereumChain", "eth_sendTransaction"]) {
      assert.ok(said.includes(method), method);
    }
    await deposit.getByLabel("Tokens").fill("1000");
    await deposit.getByRole("button", { name: "Deposit from Test wallet" }).click();
    await page.getByText("Test wallet holds less than that").waitFor();
    await page.context().close();
  });

  it("does nothing that another page of this machine has a browser ask for", async () => {
    const page = await enter();
    await page.getByText("Where the money is").waitFor();
    const before = await money();
    const evil = createServer((_, w) => w.setHeader("Content-Type", "text/html").end("<h1>evil</h1>"));
    evil.listen(0, "127.0.0.1");
    await once(evil, "listening");
    const tab = await page.context().newPage();
    await tab.goto(`http://127.0.0.1:${evil.address().port}/`); // to cookies the same site
    const got = await tab.evaluate(async (url) => {
      const results = [];
      const order = JSON.stringify({ amount: "1", to: "" });
      for (const type of ["text/plain", "application/json"]) {
        const options = {
          method: "POST",
          credentials: "include",
          body: order,
          headers: { "Content-Type": type },
        };
        results.push(
          await fetch(url + "/ui/api/withdraw", options).then(
            (r) => r.status,
            () => "unreadable",
          ),
        );
      }
      results.push(
        await fetch(url + "/ui/api/money", { credentials: "include" }).then(
          (r) => r.status,
          () => "unreadable",
        ),
      );
      const form = Object.assign(document.createElement("form"), {
        method: "POST",
        action: url + "/ui/api/withdraw",
      });
      form.enctype = "text/plain";
      form.target = "_blank";
      form.append(
        Object.assign(document.createElement("input"), { name: '{"amount":"1","to":"', value: '"}' }),
      );
      document.body.append(form);
      form.submit();
      return results;
    }, front.url);
    assert.deepEqual(got, ["unreadable", "unreadable", "unreadable"]);
    await new Promise((done) => setTimeout(done, 1000));
    const now = await money();
    assert.deepEqual([now.held, now.available], [before.held, before.available]);
    evil.close();
    await page.context().close();
  });

  it("makes a key whose budget runs out, and takes it back", async () => {
    const page = await enter("/keys");
    const make = page.locator("form.make");
    await make.getByLabel("Name").fill("guest");
    await make.getByLabel("Budget,").fill("0.00207");
    await make.getByRole("button", { name: "Make the key" }).click();
    const key = await page.locator(".notice code").innerText();
    assert.match(key, /^phg_/);
    await page.getByText("0.00207 dPHA").first().waitFor();

    const guest = await browser.visit("#wallet");
    await guest.getByLabel("Link").fill(key);
    await guest.getByRole("button", { name: "Log in" }).click();
    await guest.getByText("Key guest: 0.00207 of 0.00207 dPHA left").waitFor();
    assert.equal(await guest.getByRole("link", { name: "Wallet" }).count(), 0);
    await guest.getByRole("link", { name: "Chat" }).click();
    let answers = 0;
    for (; answers < 6; answers++) {
      await ask(guest, "Repeat after me: a");
      await guest.locator(".seal, .broken").nth(answers).waitFor();
      if ((await guest.locator(".broken").count()) > 0) break;
    }
    assert.ok(answers > 0, "it was good for an answer");
    assert.match(
      await guest.locator(".broken").innerText(),
      /key guest: the request may cost .* are left of the key's budget/,
    );
    assert.equal((await guest.request.get(front.url + "/ui/api/money")).status(), 401);

    await page.reload();
    assert.equal(await page.getByText(key).count(), 0); // it was shown once
    const card = page.locator("li.card", { hasText: "guest" });
    const left = (await network.run("gateway", "keys", "list"))[0].left;
    const shown = await card.locator("dt:text-is('Left') + dd").innerText();
    assert.equal(BigInt(Math.round(Number(shown.split(" ")[0]) * 1e12)) * 10n ** 6n, BigInt(left));
    await card.getByRole("button", { name: "Revoke guest" }).click();
    await card.getByRole("button", { name: "Revoke, for good" }).click();
    await card.waitFor({ state: "detached" });
    await ask(guest, "Repeat after me: b");
    await guest.getByText("Log out, or log in again").waitFor();
    await guest.context().close();

    await make.getByLabel("Name").fill("no name at all");
    await make.getByLabel("Budget,").fill("x");
    await make.getByRole("button", { name: "Make the key" }).click();
    assert.equal(await page.locator("input:invalid").count(), 1);
    await make.getByLabel("Name").fill("other");
    await make.getByRole("button", { name: "Make the key" }).click();
    await page.getByText(/budget: amount: want tokens above zero/).waitFor();
    await page.context().close();
  });

  it("makes a key that the escrow holds to its budget, with which another gateway asks for those whom it knows", async () => {
    const page = await enter("/keys");
    const make = page.locator("form.make");
    await make.getByLabel("for another gateway").check();
    await make.getByLabel("Name").fill("office");
    await make.getByLabel("Budget,").fill("1");
    await make.getByRole("button", { name: "Make the key" }).click();
    const key = await page.locator(".notice code").innerText();
    assert.match(key, /^phk_/);
    const other = await serve(network, key);
    const there = await browse(other.url);
    try {
      const guest = await there.visit();
      await guest.getByText("This gateway answers who has logged in.").waitFor();
      assert.equal((await guest.request.get(other.url + "/ui/api/pods")).status(), 401);
      await guest.getByLabel("Link, or key").fill("phg_wrong");
      await guest.getByRole("button", { name: "Log in" }).click();
      await guest.getByText("the key was copied wrong or cut off").waitFor();
      await guest.getByLabel("Link, or key").fill(other.guest);
      await guest.getByRole("button", { name: "Log in" }).click();
      await ask(guest, "Repeat after me: falcon-8");
      await guest.locator(".seal").waitFor();
      await guest.context().close();

      // Who runs it has no wallet there.
      const keeper = await there.visit(await other.link());
      await keeper.getByRole("link", { name: "Wallet" }).click();
      await keeper.getByText("This gateway has no wallet").waitFor();
      assert.equal((await keeper.request.get(other.url + "/ui/api/money")).status(), 404);
      there.stayedHome();
    } finally {
      await there.close();
      await other.stop();
    }
    await page.reload();
    const card = page.locator("li.card", { hasText: "office" });
    await card.getByText("in 1 session").waitFor();
    await card.getByRole("button", { name: "Revoke office" }).click();
    await card.getByRole("button", { name: "Revoke, for good" }).click();
    await card.getByText("revoked").waitFor();
    await page.context().close();
  });

  it("verifies a receipt on chain, and adds up what was spent", { timeout: settles + 60_000 }, async () => {
    const page = await enter("/receipts");
    // The oldest of them, which another pod's may be settled before.
    const row = page.locator(".receipt").last();
    await row.getByText(/settled in batch \d+/).waitFor({ timeout: settles }); // without a reload
    await row.locator(".line").click();
    assert.equal(await row.locator("dd code").first().innerText(), asked.receipt);
    await row.getByRole("button", { name: "Verify on chain" }).click();
    await row.getByText("It holds, and the chain has settled it.").waitFor();
    const checks = await row.locator(".checks strong").allInnerTexts();
    for (const want of ["signature", "total", "proof", "settled"]) assert.ok(checks.includes(want), want);

    const { total, receipts } = await network.run("receipts");
    await page.getByRole("link", { name: "Spending" }).click();
    await page.getByText(new RegExp(`dPHA for ${receipts.length} answers?`)).waitFor();
    const sum = await page.locator(".total strong").innerText();
    assert.equal(BigInt(Math.round(Number(sum) * 1e12)) * 10n ** 6n, BigInt(total));
    assert.ok((await page.locator(".chart rect").count()) > 0);
    await page.getByLabel("by pod").check();
    await page.locator(".legend", { hasText: /0x[0-9a-f]{8}/ }).waitFor();

    await page.getByRole("link", { name: "Sessions" }).click();
    await page.getByText("every difference is explained").first().waitFor();

    // What a session locks comes back at once, as its pod agrees.
    const before = await money();
    const open = page.locator("li.card", { has: page.getByRole("button", { name: "Close" }) });
    await open.first().getByRole("button", { name: "Close" }).click();
    await page.getByText(/Session 0x[0-9a-f]{8} is closed: [0-9.]+ dPHA are available again/).waitFor();
    const now = await money();
    assert.ok(BigInt(now.available) > BigInt(before.available), `${before.available}, ${now.available}`);
    assert.equal(now.sessions.length, before.sessions.length - 1);
    assert.deepEqual(
      now.sessions.filter((s) => !before.sessions.some((b) => b.id === s.id)),
      [],
    );
    await page.context().close();
  });

  it("stays smooth with a thousand receipts", async () => {
    const page = await enter("/receipts");
    const [first] = (await (await page.request.get(front.url + "/ui/api/receipts")).json()).receipts;
    const many = Array.from({ length: 1000 }, (_, i) => ({
      ...first,
      receipt: "0x" + i.toString(16).padStart(64, "0"),
      number: 1000 - i,
      time: new Date(Date.now() - i * 60_000).toISOString(),
    }));
    await page.route("**/ui/api/receipts?*", (route) =>
      route.fulfill({ json: { receipts: many, total: 1000 } }),
    );
    await page.goto(front.url + "/ui/#wallet");
    await page.goto(front.url + "/ui/#wallet/receipts");
    await page.getByText("1000 in all").waitFor();
    await page.locator(".receipt").first().waitFor();
    const frames = await scrolled(page, ".receipt", 400);
    console.log(
      `receipts=1000 rows_at_once=${frames.nodes} frame_ms_p50=${frames.p50.toFixed(1)} p95=${frames.p95.toFixed(1)}`,
    );
    assert.ok(frames.nodes < 100, `${frames.nodes} rows at once`);
    assert.ok(frames.top > 10_000, `scrolled to ${frames.top}`);
    assert.deepEqual(frames.blocked, []);
    await page.context().close();
  });

  it("is offline while the gateway is gone, and goes on", async () => {
    const page = await enter();
    await page.getByText("Where the money is").waitFor();
    await front.shut();
    await page.getByRole("alert").getByText("The gateway does not answer").first().waitFor();
    await front.open();
    await page.getByRole("alert").first().waitFor({ state: "detached" });
    await page.getByText("Where the money is").waitFor();
    await page.context().close();
  });

  it("holds at phone and desktop width, light and dark, without axe finding anything", async () => {
    for (const screen of screens) {
      const outside = await browser.visit("#wallet", screen);
      await outside.getByRole("heading", { name: "Log in" }).waitFor();
      await look(outside, "login", screen);
      await outside.context().close();
      const page = await enter("", screen);
      await page.getByText("Where the money is").waitFor();
      await look(page, "wallet", screen);
      await page.getByRole("link", { name: "Spending" }).click();
      await page.locator(".chart").waitFor();
      await look(page, "spending", screen);
      await page.getByRole("link", { name: "Receipts" }).click();
      await page.locator(".receipt .line").last().click();
      await page.getByRole("button", { name: "Verify on chain" }).click();
      await page.getByText("It holds, and the chain has settled it.").waitFor();
      await look(page, "receipts", screen);
      await page.getByRole("link", { name: "Sessions" }).click();
      await page.getByText("every difference is explained").first().waitFor();
      await look(page, "sessions", screen);
      await page.getByRole("link", { name: "Keys" }).click();
      await page.getByText("office").waitFor();
      await look(page, "keys", screen);
      await page.context().close();
    }
    browser.stayedHome();
  });
});
