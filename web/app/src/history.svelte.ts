import type { Options, Role, Seal } from "./chat";

export type Message = {
  role: Role;
  content: string;
  /** of an answer that is proven */
  seal?: Seal;
  /** why an answer is not */
  broken?: string;
};

export type Conversation = {
  id: string;
  title: string;
  begun: number;
  model: string;
  system: string;
  options: Options;
  messages: Message[];
};

const key = "phallama-conversations";

/** blank is a conversation in which nothing was said yet. */
export function blank(): Conversation {
  return {
    id: crypto.randomUUID(),
    title: "New conversation",
    begun: Date.now(),
    model: "",
    system: "",
    options: {},
    messages: [],
  };
}

/** Conversations are kept in this browser and nowhere else. */
export class History {
  all: Conversation[] = $state([]);
  /** why what is said is not kept, if it is not */
  trouble: string = $state("");
  #dropped = new Set<string>();

  constructor() {
    this.#take();
  }

  /** keep puts a conversation first, if it is not there yet, and returns it as it is kept. */
  keep(c: Conversation): Conversation {
    if (!this.all.some((other) => other.id === c.id)) this.all.unshift(c);
    return this.all.find((other) => other.id === c.id)!;
  }

  drop(id: string): void {
    this.#dropped.add(id);
    this.all = this.all.filter((c) => c.id !== id);
    this.save();
  }

  wipe(): void {
    for (const c of this.all) this.#dropped.add(c.id);
    this.all = [];
    this.trouble = "";
    localStorage.removeItem(key);
  }

  save(): void {
    this.#take();
    if (this.trouble === unreadable) return;
    try {
      localStorage.setItem(key, JSON.stringify(this.all));
      this.trouble = "";
    } catch {
      this.trouble =
        "This browser has no room left for conversations: wipe some, or they are gone with this page.";
    }
  }

  /** export is a file of all conversations. */
  export(): Blob {
    return new Blob([JSON.stringify(this.all, null, 2)], { type: "application/json" });
  }

  /** What another tab has kept meanwhile is taken along. */
  #take(): void {
    const kept = localStorage.getItem(key);
    if (kept === null) return;
    try {
      for (const c of read(JSON.parse(kept))) {
        if (!this.#dropped.has(c.id) && !this.all.some((own) => own.id === c.id)) this.all.push(c);
      }
      if (this.trouble === unreadable) this.trouble = "";
    } catch {
      this.trouble = unreadable;
    }
  }
}

const unreadable =
  "What this browser kept of earlier conversations cannot be read, and is left as it is until it is wiped.";

function read(kept: unknown): Conversation[] {
  if (!Array.isArray(kept)) throw new Error("not a list");
  return kept.map((c: Partial<Conversation>) => {
    if (typeof c.id !== "string" || typeof c.title !== "string" || !Array.isArray(c.messages)) {
      throw new Error("not a conversation");
    }
    return {
      id: c.id,
      title: c.title,
      begun: c.begun ?? 0,
      model: c.model ?? "",
      system: c.system ?? "",
      options: c.options ?? {},
      messages: c.messages.filter((m) => typeof m.content === "string"),
    };
  });
}
