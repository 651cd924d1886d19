const unit = 10n ** 18n;

/** tokens shows an amount of base units as tokens, exactly, without zeros at its end. */
export function tokens(base: string): string {
  const amount = BigInt(base);
  const rest = (amount % unit).toString().padStart(18, "0").replace(/0+$/, "");
  return (amount / unit).toString() + (rest && "." + rest);
}

/** short shows the beginning of an id. */
export function short(id: string): string {
  const digits = id.replace(/^0x/, "");
  return (id.startsWith("0x") ? "0x" : "") + digits.slice(0, 8);
}

/** until says how far a time is, in words. */
export function until(time: number, now: number): string {
  const seconds = Math.round((time - now) / 1000);
  const past = seconds < 0;
  let rest = Math.abs(seconds);
  let said = "";
  for (const [name, length] of [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ] as const) {
    const n = Math.floor(rest / length);
    if (n > 0) {
      said = `${n} ${name}${n === 1 ? "" : "s"}`;
      break;
    }
    rest %= length;
  }
  said ||= "less than a minute";
  return past ? `${said} ago` : `in ${said}`;
}

/** healthOf says in words how a pod has done for us. */
export function healthOf(state: string): string {
  switch (state) {
    case "closed":
      return "good, as far as we have asked";
    case "half-open":
      return "failed before, and is to be tried again";
    case "open":
      return "failed, and is asked last";
    case "busy":
      return "has too much to do";
    case "barred":
      return "barred: nothing more is paid to it";
  }
  return state;
}
