// A page in React 19 with the console as one of its elements.
import { StrictMode, useCallback, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import type { LivyConsole, LivyConsoleEventMap } from "livy-console";
import type {} from "livy-console/react";

// An object that stays the same: another one would open the console anew.
const CONFIG = { cluster: "Production", defaults: { driverMemory: "2g" } };

function Spark() {
  const element = useRef<LivyConsole>(null);
  const [lines, setLines] = useState<string[]>([]);
  const [dark, setDark] = useState(false);
  const [hidden, setHidden] = useState(false);
  const [unused, setUnused] = useState<string>();
  const tell = (line: string) => setLines((all) => [...all, line]);
  const created = useCallback((event: LivyConsoleEventMap["livy-created"]) => tell(`created ${event.detail.name}`), []);
  const wish = async () => setUnused((await element.current?.prefill({ kind: "sql", queue: "adhoc", colour: "red" }))?.join());

  return (
    <main>
      <h1>Spark</h1>
      <p>
        <button type="button" onClick={() => element.current?.navigate("/new")}>New session</button>
        <button type="button" onClick={wish}>As last night</button>
        <button type="button" onClick={() => setDark(!dark)}>{dark ? "Light" : "Dark"}</button>
        <button type="button" onClick={() => setHidden(!hidden)}>{hidden ? "Show" : "Hide"}</button>
      </p>
      {unused !== undefined && <p role="status">Not used: {unused}</p>}
      <livy-console
        ref={element}
        base-url="/livy"
        config={CONFIG}
        theme={dark ? "dark" : "light"}
        fill-height
        no-bar
        hidden={hidden}
        onlivy-ready={(event) => tell(`ready ${event.detail.version}`)}
        onlivy-navigate={(event) => tell(`at ${event.detail.route}`)}
        onlivy-created={created}
      />
      <ol aria-label="Events">{lines.map((line, at) => <li key={at}>{line}</li>)}</ol>
    </main>
  );
}

createRoot(document.getElementById("root")!).render(<StrictMode><Spark /></StrictMode>);
