import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const shots = fileURLToPath(new URL("../../../docs/page", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** what a page may have to load before it shows anything, in bytes, gzipped */
export const budget = 150_000;

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
    /** weigh is how many bytes, gzipped, a page's files have that it has loaded by now, and when it first painted. */
    async weigh(page) {
      const names = await page.evaluate(() => [
        location.pathname,
        ...performance.getEntriesByType("resource").map((e) => new URL(e.name).pathname),
      ]);
      let size = 0;
      for (const name of new Set(names)) {
        if (name.startsWith("/ui/api/")) continue;
        size += gzipSync(await (await page.request.get(url + name)).body()).length;
      }
      const paint = await page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0].startTime,
      );
      return { size, paint };
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
    /** What stands where a text is, and is none of its own; what is scrolled out of sight, or under the header, is not there. */
    const covers = (e) => {
      const box = e.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      for (let up = e.parentElement; up; up = up.parentElement) {
        const around = up.getBoundingClientRect();
        const clips = getComputedStyle(up).overflowY !== "visible";
        if (clips && (y < around.top || y > around.bottom)) return undefined;
      }
      const top = document.elementFromPoint(x, y);
      return !top || e.contains(top) || top.contains(e) || top.closest("header") ? undefined : top;
    };
    const texts = shown.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
    const scrolls = (e) => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
    return {
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: told(
        shown
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
          .filter((e) => getComputedStyle(e).display !== "inline" && !scrolls(e)),
      ),
      overlaps: told(texts.filter((e) => covers(e) && !e.closest(".hidden, .skip"))),
      beyond: told(shown.filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e))),
    };
  });
  assert.deepEqual(wide, { over: 0, cut: [], overlaps: [], beyond: [] }, what);
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

/**
 * scrolled scrolls down for 120 frames, by so many pixels each, and says how long frames took in milliseconds, how many of
 * something were in the document at most, how far it came, and what the page's policy blocked.
 */
export function scrolled(page, selector, by) {
  return page.evaluate(
    async ([selector, by]) => {
      const blocked = [];
      document.addEventListener("securitypolicyviolation", (e) => blocked.push(e.effectiveDirective));
      const took = [];
      let last = performance.now();
      let nodes = 0;
      for (let i = 0; i < 120; i++) {
        scrollBy(0, by);
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        took.push(now - last);
        last = now;
        nodes = Math.max(nodes, document.querySelectorAll(selector).length);
      }
      took.sort((a, b) => a - b);
      return { p50: took[60], p95: took[114], nodes, top: scrollY, blocked };
    },
    [selector, by],
  );
}
