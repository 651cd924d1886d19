import { get, messageOf, post } from "./api";

type Said = {
  who: "" | "owner" | "key";
  required: boolean;
  key?: string;
  budget?: string;
  left?: string;
  models?: string[];
};

/** Account is who has logged in here. What it logs in with is in no variable longer than that takes, and in no storage. */
export class Account {
  said: Said | undefined = $state();
  /** it was asked who has logged in, whatever came of it */
  tried = $state(false);
  /** why a link did not log in */
  trouble: string = $state("");

  /** begin logs in by the link that the page was opened with, if it was. */
  async begin(): Promise<void> {
    const token = /^#login=([\w-]+)$/.exec(location.hash)?.[1];
    if (token) {
      history.replaceState(null, "", "#chat"); // it is used up, and nobody needs to see it
      dispatchEvent(new HashChangeEvent("hashchange"));
      await this.login({ token });
    }
    await this.look();
  }

  async look(): Promise<void> {
    try {
      this.said = await get<Said>("login");
    } catch {
      // that the gateway does not answer is said elsewhere
    }
    this.tried = true;
  }

  /** login takes a link, its token, or a key of the gateway's. */
  async login(by: { token: string } | { key: string }): Promise<boolean> {
    this.trouble = "";
    try {
      await post("login", by);
    } catch (error) {
      this.trouble = messageOf(error);
      return false;
    } finally {
      await this.look();
    }
    return true;
  }

  async logout(): Promise<void> {
    try {
      await post("logout", {});
    } catch (error) {
      this.trouble = messageOf(error);
    }
    await this.look();
  }

  get owner(): boolean {
    return this.said?.who === "owner";
  }

  /** locked tells whether nothing is answered before somebody logs in. */
  get locked(): boolean {
    return !!this.said?.required && this.said.who === "";
  }
}
