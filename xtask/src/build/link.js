// What was fetched, by address. Failures are removed, so that the next attempt asks again.
const fetched = new Map();

async function join(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url.pathname}: status ${answer.status}`);
  // `initSync` of a running program returns its exports, which are everything that a part imports.
  await WebAssembly.instantiate(await answer.arrayBuffer(), { __wasm_split: initSync() });
}

function once(url) {
  const key = url.href;
  if (!fetched.has(key)) fetched.set(key, join(url).catch((error) => { fetched.delete(key); throw error; }));
  return fetched.get(key);
}

// Calls a function of the program, by its number in the table, when all files of a part are loaded or one has failed.
const part = (files) => async (done, data) => {
  let joined = true;
  try {
    await Promise.all(files.map((file) => once(file())));
  } catch (error) {
    console.error(error);
    joined = false;
  }
  initSync().__indirect_function_table.get(done)(data, joined);
};

