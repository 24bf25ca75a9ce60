// A network between the page and its server, connection by connection: it counts what passes, and can break, as real ones do, around the
// POST of a statement.
import { connect, createServer } from "node:net";

const STARTS = /^(GET|HEAD|POST|DELETE|OPTIONS) (\S+) HTTP\/1\.1\r\n/;
const BELOW = /\/sessions\/[^/]+\/statements(?:[/?]|$)/;
const POSTED = /\/sessions\/[^/]+\/statements$/;
const END = "\r\n\r\n";

/** A request whose body has not come yet is longer than what is here. */
function isWhole(bytes) {
  const head = bytes.indexOf(END);
  if (head < 0) return false;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(bytes.subarray(0, head).toString("latin1"))?.[1] ?? 0);
  return bytes.length >= head + END.length + length;
}

/** Asks the server to end the connection after its answer. */
function once(bytes) {
  const head = bytes.indexOf(END);
  if (head < 0) return bytes;
  const lines = bytes.subarray(0, head).toString("latin1").split("\r\n").filter((it) => !/^connection:/i.test(it));
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\nConnection: close`, "latin1"), bytes.subarray(head)]);
}

/**
 * Stands before the server at that port. What becomes of the POST of a statement is `breaks`:
 * `"answer"`: it arrives, and its connection ends in place of the answer;
 * `"request"`: its connection ends before it arrives;
 * `"reset"`: its connection is reset as soon as its bytes are on their way, once. Where that connection was used before, a browser may send
 * the request again by itself;
 * `"hold"`: it waits until `release()`.
 * `keeps`: connections are used for several requests. `fails`: reads below `/statements` are answered with 503.
 */
export async function network(port) {
  const held = [];
  const sockets = new Set();
  const it = { breaks: null, keeps: true, fails: false, calls: [] };
  const server = createServer((page) => {
    const onward = connect(port, "127.0.0.1");
    let requests = 0;
    // A POST of which more is to come.
    let begun = null;
    let isLost = false;
    const pass = (bytes) => onward.write(it.keeps ? bytes : once(bytes));
    const send = (bytes) => {
      switch (it.breaks) {
        case "request":
          return page.resetAndDestroy();
        case "answer":
          isLost = true;
          return pass(bytes);
        case "reset":
          it.breaks = null;
          isLost = true;
          return onward.write(bytes, () => page.resetAndDestroy());
        case "hold":
          return held.push(() => pass(bytes));
        default:
          return pass(bytes);
      }
    };
    page.on("data", (bytes) => {
      if (begun) {
        begun = Buffer.concat([begun, bytes]);
      } else {
        const start = STARTS.exec(bytes.subarray(0, 2_000).toString("latin1"));
        if (!start) return onward.write(bytes);
        requests += 1;
        const call = { method: start[1], path: start[2], isKept: requests > 1 };
        it.calls.push(call);
        if (it.fails && call.method === "GET" && BELOW.test(call.path)) {
          return page.end("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        if (call.method !== "POST" || !POSTED.test(call.path)) return pass(bytes);
        begun = bytes;
      }
      if (!isWhole(begun)) return undefined;
      const all = begun;
      begun = null;
      return send(all);
    });
    onward.on("data", (bytes) => {
      // The server has it and has answered.
      if (isLost) return page.resetAndDestroy();
      return page.write(bytes);
    });
    page.on("end", () => isLost || onward.end());
    onward.on("end", () => page.end());
    // What was begun on the server's side comes to its end also where the page hears nothing of it.
    page.on("close", () => isLost || onward.destroy());
    // An answer that has ended may still be on its way to the page.
    onward.on("close", (isFailed) => isFailed && page.destroy());
    for (const socket of [page, onward]) {
      sockets.add(socket);
      socket.setNoDelay(true).on("error", () => {}).on("close", () => sockets.delete(socket));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(it, {
    address: `http://127.0.0.1:${server.address().port}/`,
    release() {
      it.breaks = null;
      held.splice(0).forEach((send) => send());
    },
    /** The calls below `/statements` so far. */
    below: () => it.calls.filter((call) => BELOW.test(call.path)),
    /** The statements that have left the page so far, also those that a browser sends again. */
    posted: () => it.calls.filter((call) => call.method === "POST" && POSTED.test(call.path)),
    end() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  });
}
