import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const shots = fileURLToPath(new URL("../../../docs/page", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** browse starts Chromium for the page at an address. */
export async function browse(url) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  /** every request of every page, and what the pages complained of */
  const asked = [];
  const wrong = [];
  return {
    asked,
    wrong,
    close: () => browser.close(),
    async visit(hash = "", options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(Number(process.env.PATIENCE ?? 60) * 1000); // seconds
      page.on("request", (r) => asked.push(r.url()));
      page.on("pageerror", (e) => wrong.push(e.message));
      await page.goto(url + "/ui/" + hash);
      return page;
    },
    /** stayedHome holds every request so far to this machine, but for those that a test made to be blocked. */
    stayedHome(...tried) {
      const own = new URL(url).host;
      const elsewhere = asked.filter((u) => !u.startsWith("blob:") && new URL(u).host !== own);
      assert.deepEqual(
        elsewhere.filter((u) => !tried.some((t) => u.startsWith(t))),
        [],
      );
      assert.deepEqual(wrong, []);
    },
  };
}

export async function ask(page, text) {
  await page.locator("select option").first().waitFor({ state: "attached" }); // there is a model to ask
  await page.getByLabel("Your question").fill(text);
  await page.keyboard.press("Enter");
}

/** widths and schemes that every view has to hold at, as options of visit */
export const screens = [390, 1440].flatMap((width) =>
  ["light", "dark"].map((colorScheme) => ({
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme,
    bypassCSP: true, // for axe
  })),
);

/** look holds a view to its screen: nothing wider than it, no cut text, nothing that axe finds. UPDATE=1 keeps a picture. */
export async function look(page, name, { viewport, colorScheme }) {
  const what = `${name} at ${viewport.width} px, ${colorScheme}`;
  const wide = await page.evaluate(() => {
    const shown = [...document.querySelectorAll("body *:not(.title)")].filter((e) => e.checkVisibility());
    const told = (all) => all.map((e) => e.outerHTML.slice(0, 120));
    const scrolls = (e) => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
    return {
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: told(
        shown
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
          .filter((e) => getComputedStyle(e).display !== "inline" && !scrolls(e)),
      ),
      beyond: told(shown.filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e))),
    };
  });
  assert.deepEqual(wide, { over: 0, cut: [], beyond: [] }, what);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 100)).join(" ")}`);
  });
  assert.deepEqual(found, [], what);
  if (process.env.UPDATE) {
    await page.screenshot({ path: join(shots, `${name}-${viewport.width}-${colorScheme}.png`) });
  }
}
