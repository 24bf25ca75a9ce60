// Types of livy-console.js. What the attributes, properties, methods and events mean is in docs/embedding.md.

/** A session as it is told to the host: never its log, its configuration or its users. */
export interface LivySession {
  id: string;
  name: string | null;
  /** Livy's own word, such as `idle`; there may be words that this version does not know. */
  state: string;
}

/** A session that ends when the element is removed, unless it is open elsewhere. */
export type LivyKeptAlive = Pick<LivySession, "id" | "name">;

/** Why the value of the header `Authorization` is wanted. */
export interface LivyAuthorizationRequest {
  /** `first`: none is known. `refused`: the server answered 401. `sending`: something is about to be created or deleted. */
  reason: "first" | "refused" | "sending";
  /** The key of the cluster, or null where the configuration has no list of clusters. */
  cluster: string | null;
  /** Aborted when the answer is of no use any more. */
  signal: AbortSignal;
}

/** Answers with the whole value, such as `Bearer …`; null where the call goes without. */
export type LivyAuthorization = (request: LivyAuthorizationRequest) => string | null | Promise<string | null>;

/** A request as Livy's API has it, for `prefill`: `{ kind: "pyspark", driverMemory: "2g" }`. */
export type LivyRequest = Record<string, unknown>;

/** The detail of each event. A key with `?` is there only where it has a value. */
export interface LivyConsoleEventDetails {
  /** The console is drawn. */
  "livy-ready": { cluster: string | null; version: string; route: string };
  /** Another page is open; what the host opened itself is not told. */
  "livy-navigate": { cluster: string | null; route: string; title: string; by: "person" | "console" };
  /** A create was sent. */
  "livy-create": { cluster: string | null; name: string; kind: string };
  /** A session came of it. */
  "livy-created": { cluster: string | null; name: string; kind: string; id: string };
  /** None did, or the answer was lost. */
  "livy-create-failed": { cluster: string | null; name: string; kind: string; why: "refused" | "unknown"; status?: number };
  /** A session is in another state, or the server does not know it any more. */
  "livy-state": { cluster: string | null; id: string; name: string | null; state: string; before: string | null; gone: boolean };
  /** A session was deleted from here. */
  "livy-deleted": { cluster: string | null; id: string; name: string | null };
  /** These sessions end when the element is removed: hide it, do not remove it. */
  "livy-kept-alive": { cluster: string | null; sessions: LivyKeptAlive[] };
  /** The page cannot be refreshed, or can be again. */
  "livy-trouble": { cluster: string | null; kind: string; status?: number; over: boolean };
  /** The console cannot go on. */
  "livy-stopped": { cluster: string | null; where: "load" | "config" | "program"; reason: string };
}

/** The events, for `addEventListener`. They bubble, are composed and cannot be cancelled. */
export type LivyConsoleEventMap = { [name in keyof LivyConsoleEventDetails]: CustomEvent<LivyConsoleEventDetails[name]> };

/** What can be written in HTML. */
export interface LivyConsoleAttributes {
  page?: boolean | "";
  "base-url"?: string;
  "config-url"?: string;
  cluster?: string;
  route?: string;
  links?: string;
  theme?: "inherit" | "light" | "dark" | "auto";
  "fill-height"?: boolean | "";
  "no-bar"?: boolean | "";
  credentials?: "same-origin" | "include" | "omit";
  "storage-key"?: string;
}

/** The element `<livy-console>`. */
export class LivyConsole extends HTMLElement {
  /** The version of this file. */
  static readonly version: string;

  /** The console is a page of its own: title, address and scroll are its. Read when it is connected. */
  page: boolean;
  /** Where Livy answers: a path or an http(s) URL. A change opens the console anew. */
  baseUrl: string | null;
  /** Where the configuration is, against the document. A change opens the console anew. */
  configUrl: string | null;
  /** The configuration itself, as in config.json; goes before `configUrl`. A change opens the console anew. */
  config: object | null;
  /** The key of one of the configuration's clusters. */
  cluster: string | null;
  /** Where the console is: `/`, `/new?kind=pyspark`, `/sessions/13`. It follows what the person does. */
  get route(): string;
  set route(value: string | null);
  /** The address of a place here, with `{route}`: `/portal/spark#{route}`. Without it there are no links to copy. */
  links: string | null;
  /** Light or dark. */
  theme: string | null;
  /** Fills the element's box and scrolls inside of it. */
  fillHeight: boolean;
  /** Without the bar: the page around has its own. */
  noBar: boolean;
  /** Whether calls to Livy carry the browser's cookies and sign-in. */
  credentials: string | null;
  /** Called for the value of the header `Authorization`; null where the browser signs in by itself. */
  authorization: LivyAuthorization | null;
  /** Keeps what the browser stores apart from that of other consoles. Read when it is connected. */
  storageKey: string | null;
  /** The session that is looked at. */
  readonly session: LivySession | null;
  /** The sessions that end when this element is removed. */
  readonly keptAlive: LivyKeptAlive[];

  /** Goes to a route, without an event. */
  navigate(route: string): void;
  /** Fills the form in and opens it. Nothing is sent: only a person does that. A promise of the names of what the form cannot use. */
  prefill(request: LivyRequest): Promise<string[]>;
  /** Asks the server again, for example after signing in. */
  refresh(): void;
  /** Brings the focus into the console. */
  focus(options?: FocusOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "livy-console": LivyConsole;
  }
  // The events bubble: a page may listen on anything around the element.
  interface GlobalEventHandlersEventMap extends LivyConsoleEventMap {}
}
