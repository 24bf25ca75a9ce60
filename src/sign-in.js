// Asks the page around the element for the value of the header `Authorization`, and keeps it in memory for as long as the console is
// open: one question at a time for each cluster, however many calls wait for its answer. It is fetched where a page signs in.

// What a browser takes as a header's value (Fetch standard), without what no scheme of HTTP needs.
const isHeader = (text) => typeof text === "string" && /^[\x20-\x7e]+$/.test(text);

/**
 * `callback` is the element's `authorization`; `signal` ends with the console. The function that is returned gives a promise of the value,
 * or of null. It is called before a read ("reading"), before a session is made or deleted ("sending"), and when a server has answered 401
 * to the value `used` ("refused").
 */
export function signIn(callback, signal) {
  const known = new Map();
  const asking = new Map();
  const ask = (reason, cluster) => {
    if (!asking.has(cluster)) {
      const answer = (async () => callback({ reason, cluster: cluster || null, signal }))();
      asking.set(cluster, answer.then((value) => {
        if (value !== null && value !== undefined && !isHeader(value)) throw new Error("authorization gave no value of a header.");
        return value ?? null;
      }).catch((error) => {
        // The page's own words; never the value.
        if (!signal.aborted) console.error(error);
        return null;
      }).then((value) => {
        asking.delete(cluster);
        known.set(cluster, value);
        return value;
      }));
    }
    return asking.get(cluster);
  };
  return async (why, cluster, used) => {
    if (why === "sending") return ask("sending", cluster);
    if (why === "reading") return known.has(cluster) ? known.get(cluster) : ask("first", cluster);
    // Another call may have had a new one meanwhile.
    const value = known.get(cluster);
    return value && value !== used ? value : ask("refused", cluster);
  };
}
