// What the types know outside of templates.
import type { LivyConsole, LivyConsoleEventMap } from "livy-console";

export const CONFIG = { cluster: "Production", defaults: { driverMemory: "2g" } };

export async function wish(element: LivyConsole | null): Promise<string[]> {
  return (await element?.prefill({ kind: "sql", queue: "adhoc", colour: "red" })) ?? [];
}

export const told = (event: LivyConsoleEventMap["livy-created"]): string => `created ${event.detail.name} as ${event.detail.id}`;

document.querySelector("livy-console")?.addEventListener("livy-trouble", ({ detail }) => console.warn(detail.kind, detail.over));
