// The promise that `make` gives for a key. A failure is forgotten, so that the next attempt asks again.
function once(known, key, make) {
  if (!known.has(key)) known.set(key, make().catch((error) => { known.delete(key); throw error; }));
  return known.get(key);
}

// A connection that is gone may keep a request waiting for minutes; a slow one gets a part in less than this, in milliseconds.
const PATIENCE = 60_000;

async function bytes(url) {
  const answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${url.pathname}: status ${answer.status}`);
  return answer.arrayBuffer();
}

const joined = new Map();
const fetched = new Map();

// Joins a module to the program: a whole file, or the bytes from one place in it to another.
const module = (name, from, to) => () => {
  const url = new URL(name, import.meta.url);
  return once(joined, `${url.href} ${from}`, async () => {
    const code = from === undefined ? await bytes(url)
      : new Uint8Array(await once(fetched, url.href, () => bytes(url)), from, to - from);
    // `initSync` of a running program returns its exports, which are everything that a part imports.
    await WebAssembly.instantiate(code, { __wasm_split: initSync() });
  });
};

// Calls a function of the program, by its number in the table, when all modules of a part have joined or one has failed.
const part = (modules) => async (done, data) => {
  let arrived = true;
  try {
    await Promise.all(modules.map((join) => join()));
  } catch (error) {
    console.error(error);
    arrived = false;
  }
  initSync().__indirect_function_table.get(done)(data, arrived);
};

