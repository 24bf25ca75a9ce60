// A portal with pages behind `#`, shortcuts of its own and two consoles. Nothing here is needed by the console: it shows what a portal
// may do with it.

const consoles = [...document.querySelectorAll("livy-console")];
const events = document.getElementById("events");
const search = document.getElementById("search");
const [prod, test] = consoles;

// Their names are in what they draw: people with a screen reader tell the two apart.
prod.config = { cluster: "Production" };
test.config = { cluster: "Test" };

// The address is the portal's: `#/spark/sessions/3` is the page "Spark" with the first console at `/sessions/3`.
function open() {
  const [, page = "spark", rest = ""] = location.hash.match(/^#\/(spark|both|notes)(\/.*)?$/) ?? [];
  document.getElementById("title").textContent = { spark: "Spark", both: "Both clusters", notes: "Notes" }[page];
  document.title = `${document.getElementById("title").textContent} · Data portal`;
  // Hidden, not removed: what the consoles keep alive goes on.
  document.getElementById("notes").hidden = page !== "notes";
  document.getElementById("clusters").hidden = page === "notes";
  document.getElementById("clusters").className = page === "both" ? "both" : "";
  test.parentElement.hidden = page === "spark";
  if (page === "spark" && prod.route !== (rest || "/")) prod.route = rest || "/";
}
addEventListener("hashchange", open);

// Where the person goes in the first console is in the portal's address, if that is its page.
prod.addEventListener("livy-navigate", ({ detail }) => {
  if (location.hash.startsWith("#/spark")) history.pushState(null, "", `#/spark${detail.route === "/" ? "" : detail.route}`);
});

// Everything that any console says, as it bubbles.
for (const name of ["ready", "navigate", "create", "created", "create-failed", "state", "deleted", "kept-alive", "trouble", "stopped"]) {
  document.addEventListener(`livy-${name}`, (event) => {
    const line = document.createElement("li");
    line.textContent = `${event.target.id} ${event.type} ${JSON.stringify(event.detail)}`;
    events.append(line);
    events.scrollTop = events.scrollHeight;
  });
}

document.addEventListener("livy-kept-alive", () => {
  const kept = consoles.flatMap((it) => it.keptAlive).map(({ id, name }) => name ?? id);
  document.getElementById("kept").textContent = kept.length
    ? `Removing the consoles ends: ${kept.join(", ")}.`
    : "Removing the consoles ends no session.";
});

document.getElementById("dark").addEventListener("change", ({ target }) => document.documentElement.classList.toggle("dark", target.checked));

// Shortcuts of single keys, as many portals have them: not while somebody types.
addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") location.hash = "#/notes";
  else if (event.key === "?") document.getElementById("help").hidden = false;
  else if (event.key === "Escape") document.getElementById("help").hidden = true;
  else if (event.key === "s") search.focus();
  else return;
  event.preventDefault();
});

open();
