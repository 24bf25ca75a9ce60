// Screenshots, compared by their pixels.
import { PNG } from "pngjs";

const read = new WeakMap();
function image(bytes) {
  if (!read.has(bytes)) read.set(bytes, PNG.sync.read(bytes));
  return read.get(bytes);
}

/** Whether what two screenshots show in their boxes, which are of one size, differs. */
export function differ(one, other) {
  const [a, b] = [one, other].map(({ shot, box }) => ({ ...image(shot), x: Math.round(box.x), y: Math.round(box.y) }));
  for (let row = 0; row < Math.floor(one.box.height); row++) {
    const line = (it) => it.data.subarray(((it.y + row) * it.width + it.x) * 4, ((it.y + row) * it.width + it.x + Math.floor(one.box.width)) * 4);
    if (!line(a).equals(line(b))) return true;
  }
  return false;
}
