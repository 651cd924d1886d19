import { get, messageOf, type Model, type Network, type Pods } from "./api";

const retry = 2000; // milliseconds

/** Live is what the gateway says of the network now. */
export class Live {
  network: Network | undefined = $state();
  models: Model[] | undefined = $state();
  pods: Pods | undefined = $state();
  /** why it is not there, or not new */
  trouble: string = $state("");
  /** the gateway does not answer */
  offline: boolean = $state(false);

  #events: EventSource | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** start follows the gateway until stop is called, whether it comes or goes. */
  start(): () => void {
    void this.#look();
    return () => {
      clearTimeout(this.#again);
      this.#events?.close();
    };
  }

  async #look(): Promise<void> {
    clearTimeout(this.#again);
    try {
      this.network = await get<Network>("network");
      this.offline = false;
      this.#follow();
      this.models = (await get<{ models: Model[] }>("models")).models;
      this.pods = await get<Pods>("pods");
      this.trouble = "";
    } catch (error) {
      this.offline = error instanceof TypeError;
      this.trouble = messageOf(error);
      this.#again = setTimeout(() => void this.#look(), retry);
    }
  }

  #follow(): void {
    if (this.#events) return;
    const events = new EventSource("/ui/api/events");
    this.#events = events;
    events.addEventListener("pods", (e: MessageEvent<string>) => {
      this.pods = JSON.parse(e.data) as Pods;
      this.trouble = "";
      void get<{ models: Model[] }>("models").then(
        (m) => (this.models = m.models),
        () => {}, // the stream, or its end, says what is wrong
      );
    });
    events.addEventListener("trouble", (e: MessageEvent<string>) => {
      this.trouble = (JSON.parse(e.data) as { error: string }).error;
    });
    events.onerror = () => {
      events.close();
      this.#events = undefined;
      this.#again = setTimeout(() => void this.#look(), retry / 4);
    };
  }
}
