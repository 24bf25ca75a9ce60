// What was fetched, by address. A failure is forgotten, so that the next attempt asks again.
const fetched = new Map();

async function join(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url.pathname}: status ${answer.status}`);
  // `initSync` of a program that runs gives its exports, which are all that a part takes.
  await WebAssembly.instantiate(await answer.arrayBuffer(), { __wasm_split: initSync() });
}

function once(url) {
  const key = url.href;
  if (!fetched.has(key)) fetched.set(key, join(url).catch((error) => { fetched.delete(key); throw error; }));
  return fetched.get(key);
}

// Calls the program back, by the number of a function in its table, when all files of a part have joined it, or cannot.
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

