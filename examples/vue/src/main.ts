// A page in Vue 3. The console's bundle lies in public/livy-console/ and is loaded by its address: Vite does not build it again.
import { createApp } from "vue";
import Spark from "./Spark.vue";
import "./portal.css";

const address = "/livy-console/livy-console.js";
// The page goes on without it: the words between the element's tags stay.
await import(/* @vite-ignore */ address).catch((error: unknown) => console.error(error));
createApp(Spark).mount("#root");
