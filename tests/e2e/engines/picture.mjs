// What screenshots show. Letters are not compared: WebKit paints the edges of the same text in more than one way.
import { PNG } from "pngjs";

const read = new WeakMap();
function image(bytes) {
  if (!read.has(bytes)) read.set(bytes, PNG.sync.read(bytes));
  return read.get(bytes);
}

/** How many pixels of a box in a screenshot are of a colour. */
function count({ shot, box }, is) {
  const { data, width } = image(shot);
  const [left, top] = [Math.round(box.x), Math.round(box.y)];
  let found = 0;
  for (let row = top; row < top + Math.floor(box.height); row++) {
    for (let column = left; column < left + Math.floor(box.width); column++) {
      const [red, green, blue] = data.subarray((row * width + column) * 4);
      if (is(red, green, blue)) found += 1;
    }
  }
  return found;
}

/** Whether a screenshot shows the yellow of a mark within a box. More than the coloured edges of a few letters. */
export const isMarked = (part) => count(part, (red, green, blue) => red > 200 && green > 170 && red - blue > 60) > 40;

/** Whether it shows the purple of a keyword. */
export const hasKeywords = (part) => count(part, (red, green, blue) => red - green > 50 && blue - green > 50) > 20;
