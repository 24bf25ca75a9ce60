// Asks the page around the element for the value of the header `Authorization`, and keeps it in memory for as long as the console is
// open: one question at a time for each cluster, however many calls wait for its answer. It is fetched where a page signs in.

// How long a call waits for the page's answer, in milliseconds: less than it may take as a whole. Who is asked for a password has time; the
// answer that comes later is used by the next call.
const PATIENCE = { reading: 12_000, refused: 12_000, sending: 90_000 };

// What a browser takes as a header's value (Fetch standard), without what no scheme of HTTP needs.
const isHeader = (text) => typeof text === "string" && /^[\x20-\x7e]+$/.test(text);

/**
 * `callback` is the element's `authorization`; `signal` ends with the console. The function that is returned gives a promise of the value,
 * or of null; it fails where the callback throws, gives no value of a header or no answer in time. It is called before a read ("reading"), before a session is made or deleted ("sending"), and when a server has answered 401
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
      }).then((value) => {
        known.set(cluster, value);
        return value;
      }, (error) => {
        // The page's own words; never the value.
        if (!signal.aborted) console.error(error);
        throw error;
      }).finally(() => asking.delete(cluster)));
    }
    return asking.get(cluster);
  };
  const inTime = (answer, patience) => new Promise((resolve, reject) => {
    const end = (how, value) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", gone);
      how(value);
    };
    const gone = () => end(reject);
    const timer = setTimeout(() => end(reject, new Error("authorization gave no answer in time.")), patience);
    signal.addEventListener("abort", gone);
    answer.then((value) => end(resolve, value), (error) => end(reject, error));
  });
  return async (why, cluster, used) => {
    // Another call may have had a new one meanwhile.
    const value = known.get(cluster);
    if (why === "reading" ? known.has(cluster) : why === "refused" && value && value !== used) return value;
    return inTime(ask(why === "reading" ? "first" : why, cluster), PATIENCE[why]);
  };
}
