// A portal that has the console in a frame, from another origin: that of `?console=`, whose config.json lists this page's origin.
import { connectFrame } from "/livy-console/frame.js";

const asked = new URLSearchParams(location.search);
const address = new URL(asked.get("console") ?? "/livy-console/index.html", location.href);
const frame = document.getElementById("frame");

// Before the frame loads: what is given here is there before the console calls Livy for the first time.
const framed = connectFrame(frame, {
  origin: address.origin,
  noBar: true,
  ...(asked.has("token") && { authorization: async ({ reason }) => `Bearer ${asked.get("token")}-${reason}` }),
});
window.framed = framed;
frame.src = address.href;

for (const name of ["ready", "navigate", "create", "created", "create-failed", "state", "deleted", "kept-alive", "trouble", "stopped"]) {
  framed.addEventListener(`livy-${name}`, ({ type, detail }) => {
    const line = document.createElement("li");
    line.textContent = `${type} ${JSON.stringify(detail)}`;
    document.getElementById("events").append(line);
  });
}
framed.addEventListener("livy-navigate", ({ detail }) => { document.getElementById("at").textContent = detail.title; });
document.getElementById("new").addEventListener("click", () => framed.navigate("/new"));
document.getElementById("dark").addEventListener("click", () => { framed.theme = "dark"; });
