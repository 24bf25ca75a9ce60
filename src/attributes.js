// The attributes of <livy-console>, the properties that mirror them, and how a place is written in one.

export const TEXTS = { "base-url": "baseUrl", "config-url": "configUrl", cluster: "cluster", links: "links", theme: "theme", credentials: "credentials", "storage-key": "storageKey" };
export const FLAGS = { page: "page", "fill-height": "fillHeight", "no-bar": "noBar" };
// A change of one of these opens the console anew; of one of those it is told.
export const ANEW = new Set(["base-url", "config-url"]);
export const TOLD = new Set(["cluster", "links", "credentials"]);

// A place is written `#/@key/route`, without `@key` where there is one cluster.
export const routeOf = (place) => `/${place.replace(/^[#/]+(@[^/?]*\/?)?/, "")}`;
export const clusterOf = (place) => /^[#/]+@([^/?]*)/.exec(place)?.[1] ?? null;

/** Gives a class the properties that mirror attributes and need no more. */
export function mirror({ prototype }) {
  for (const [attribute, name] of Object.entries(TEXTS)) {
    if (Object.hasOwn(prototype, name)) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() { return this.getAttribute(attribute); },
      set(value) { value === null || value === undefined ? this.removeAttribute(attribute) : this.setAttribute(attribute, value); },
    });
  }
  for (const [attribute, name] of Object.entries(FLAGS)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() { return this.hasAttribute(attribute); },
      set(value) { this.toggleAttribute(attribute, Boolean(value)); },
    });
  }
}
