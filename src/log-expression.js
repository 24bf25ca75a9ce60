// Asks a regular expression about lines of the log, beside the page and not in it: over some lines an expression takes longer than
// anybody waits, nothing interrupts it, and only a worker can be ended then. It is loaded when the first expression is looked for.

// So many words are marked in one line: more of them say nothing more.
const MOST_IN_A_LINE = 100;

// Ready. The page's clock for an answer begins here.
postMessage([]);

// Answers with the places of the lines that have it; or, where words are to be marked, with three numbers for each: the place of
// its line, and where it begins and ends there. Every line ends with a line break.
onmessage = ({ data: [id, pattern, flags, text, marks] }) => {
  const expression = new RegExp(pattern, flags);
  const found = [];
  text.split("\n").slice(0, -1).forEach((line, at) => {
    expression.lastIndex = 0;
    if (!marks) {
      if (expression.test(line)) found.push(at);
      return;
    }
    for (let words = 0; words < MOST_IN_A_LINE; words++) {
      const word = expression.exec(line)?.[0];
      // What matches nothing at all would do so for ever.
      if (!word) return;
      found.push(at, expression.lastIndex - word.length, expression.lastIndex);
    }
  });
  postMessage([id, Uint32Array.from(found)]);
};
