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

/** Conversations are kept in this browser and nowhere else. */
export class History {
  all: Conversation[] = $state([]);
  /** why what is said is not kept, if it is not */
  trouble: string = $state("");

  constructor() {
    const kept = localStorage.getItem(key);
    if (kept === null) return;
    try {
      this.all = read(JSON.parse(kept));
    } catch {
      this.trouble = "What this browser kept of earlier conversations cannot be read, and is left as it is.";
    }
  }

  begin(model: string): Conversation {
    this.all.unshift({
      id: crypto.randomUUID(),
      title: "New conversation",
      begun: Date.now(),
      model,
      system: "",
      options: {},
      messages: [],
    });
    return this.all[0]!;
  }

  drop(id: string): void {
    this.all = this.all.filter((c) => c.id !== id);
    this.save();
  }

  wipe(): void {
    this.all = [];
    this.trouble = "";
    localStorage.removeItem(key);
  }

  save(): void {
    if (this.trouble && localStorage.getItem(key) !== null && this.all.length === 0) return;
    try {
      localStorage.setItem(key, JSON.stringify(this.all.filter((c) => c.messages.length > 0)));
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
}

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
