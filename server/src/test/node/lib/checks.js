'use strict';
// Runs named checks one after the other, prints one line each and keeps the results.
const { performance } = require('perf_hooks');

class Checks {
  constructor() { this.results = []; }

  async run(name, body, limitMs = 60000) {
    const began = performance.now();
    let timer;
    const limit = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no end within ${limitMs} ms`)), limitMs); });
    try {
      const note = await Promise.race([Promise.resolve().then(body), limit]);
      this.record(name, true, typeof note === 'string' ? note : '', began);
    } catch (error) {
      this.record(name, false, String((error && error.message) || error).split('\n')[0], began);
    } finally {
      clearTimeout(timer);
    }
  }

  record(name, passed, note, began) {
    this.results.push({ name, passed, note, ms: Math.round(performance.now() - began) });
    console.log(`${passed ? 'PASS' : 'FAIL'}  ${name}${note ? `  - ${note}` : ''}`);
  }
}

function expect(condition, message) { if (!condition) throw new Error(message); }

/** Asks until the answer is truthy; fails with the text of what was awaited. */
async function eventually(what, ask, limitMs = 15000, pauseMs = 200) {
  const end = Date.now() + limitMs;
  let last;
  while (Date.now() < end) {
    try { const answer = await ask(); if (answer) return answer; last = undefined; } catch (error) { last = error; }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`${what}: not within ${limitMs} ms${last ? ` (${last.message.split('\n')[0]})` : ''}`);
}

module.exports = { Checks, expect, eventually };
