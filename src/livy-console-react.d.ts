// Types of <livy-console> in the JSX of React 19. `import type {} from "livy-console/react"` anywhere in a project switches them on.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { LivyConsole, LivyConsoleAttributes, LivyConsoleEventMap } from "./livy-console.js";

type Listeners = { [name in keyof LivyConsoleEventMap as `on${name}`]?: (event: LivyConsoleEventMap[name]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "livy-console": DetailedHTMLProps<HTMLAttributes<LivyConsole>, LivyConsole>
        & LivyConsoleAttributes
        & Partial<Pick<LivyConsole, "config" | "authorization">>
        & Listeners;
    }
  }
}
