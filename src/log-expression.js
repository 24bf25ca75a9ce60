// Runs regular expressions on lines of the log, in a worker. On some lines an expression never ends and cannot be interrupted, but
// a worker can be ended. It is loaded with the first search for an expression.

// How many words are marked in one line (log_expression.rs has the same number).
const MOST_IN_A_LINE = 100;

// Ready: the page's clock for an answer starts now.
postMessage([]);

// Answers with the places of the lines that match; or, where words are to be marked, with three numbers for each: the place of its
// line, and where it begins and ends there. Every line ends with a line break.
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
      // An empty match would repeat for ever.
      if (!word) return;
      found.push(at, expression.lastIndex - word.length, expression.lastIndex);
    }
  });
  postMessage([id, Uint32Array.from(found)]);
};
