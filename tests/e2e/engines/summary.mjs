// The closing lines: how many journeys each engine walked, and for how long.

export default class Summary {
  engines = new Map();

  onTestEnd(test, result) {
    const name = test.parent.project().name;
    const sum = this.engines.get(name) ?? { passed: 0, failed: new Set(), ms: 0 };
    this.engines.set(name, sum);
    sum.ms += result.duration;
    if (result.status === test.expectedStatus) {
      sum.passed += 1;
      sum.failed.delete(test.title);
    } else {
      sum.failed.add(test.title);
    }
  }

  onEnd() {
    for (const [name, { passed, failed, ms }] of this.engines) {
      console.log(`${name}: ${passed} journeys passed, ${failed.size} failed, ${(ms / 1000).toFixed(1)} s`);
    }
  }

  printsToStdio() {
    return false;
  }
}
