// Types of frame.js. What a framed console can do is in docs/embedding.md.

import type { LivyAuthorization, LivyConsoleEventMap, LivyKeptAlive, LivyRequest, LivySession } from "./livy-console.js";

/** What a framed console takes from the page around it. Everything else belongs to the frame's own page. */
export interface FramedConsoleSettings {
  route?: string;
  cluster?: string;
  theme?: "inherit" | "light" | "dark" | "auto";
  noBar?: boolean;
  credentials?: "same-origin" | "include" | "omit";
}

/** A console in a frame: the events, properties and methods of `<livy-console>`. A property is a promise when it is read. */
export class FramedConsole extends EventTarget {
  get route(): Promise<string>;
  set route(value: string);
  get cluster(): Promise<string | null>;
  set cluster(value: string);
  get theme(): Promise<string | null>;
  set theme(value: string);
  get noBar(): Promise<boolean>;
  set noBar(value: boolean);
  get credentials(): Promise<string | null>;
  set credentials(value: string);
  /** Not a promise: it stays on this page, and answers are sent to the frame alone. */
  authorization: LivyAuthorization | null;
  readonly session: Promise<LivySession | null>;
  readonly keptAlive: Promise<LivyKeptAlive[]>;
  /** The version of the console in the frame. */
  readonly version: Promise<string>;

  navigate(route: string): Promise<void>;
  prefill(request: LivyRequest): Promise<string[]>;
  refresh(): Promise<void>;
  focus(options?: FocusOptions): Promise<void>;
  /** Ends the connection. The frame stays as it is. */
  close(): void;

  addEventListener<K extends keyof LivyConsoleEventMap>(type: K, listener: (event: LivyConsoleEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Connects to the console in a frame, whose page is at `origin` and lists this page's origin in its configuration. */
export function connectFrame(
  frame: HTMLIFrameElement,
  options: { origin: string; authorization?: LivyAuthorization | null } & FramedConsoleSettings,
): FramedConsole;
