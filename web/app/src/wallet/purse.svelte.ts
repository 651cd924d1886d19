import { get, GatewayError, messageOf } from "../api";
import type { Money } from "./money";

const retry = 3000; // milliseconds

/** Purse is where the money is now. */
export class Purse {
  money: Money | undefined = $state();
  trouble: string = $state("");
  #denied: () => void;

  /** denied is called once it is not shown to this browser any more. */
  constructor(denied: () => void) {
    this.#denied = denied;
  }

  /** follow keeps it new until what is returned is called. */
  follow(): () => void {
    let events: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      events = new EventSource("/ui/api/money/events");
      events.addEventListener("money", (e: MessageEvent<string>) => {
        this.money = JSON.parse(e.data) as Money;
        this.trouble = "";
      });
      events.addEventListener("trouble", (e: MessageEvent<string>) => {
        this.trouble = (JSON.parse(e.data) as { error: string }).error;
      });
      events.onerror = () => {
        events?.close();
        again = setTimeout(listen, retry);
        void this.look(); // which says why
      };
    };
    listen();
    return () => {
      clearTimeout(again);
      events?.close();
    };
  }

  async look(): Promise<void> {
    try {
      this.money = await get<Money>("money");
      this.trouble = "";
    } catch (error) {
      this.trouble = messageOf(error);
      if (error instanceof GatewayError && error.status === 401) this.#denied();
    }
  }
}
