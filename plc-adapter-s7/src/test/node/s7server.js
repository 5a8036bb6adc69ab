#!/usr/bin/env node
'use strict';
// A CPU we did not write: node s7server.js --port N. DB1 has 512 bytes, DB2 64, and there are 64 markers.
// Commands on standard input, one a line: "peek DB OFFSET LENGTH" prints the bytes in hexadecimal, "poke DB OFFSET HEX" sets them.
const readline = require('readline');
const snap7 = require('node-snap7');

const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
const server = new snap7.S7Server();
const blocks = { 1: Buffer.alloc(512), 2: Buffer.alloc(64) };

server.SetParam(server.LocalPort, port);
for (const [number, memory] of Object.entries(blocks)) server.RegisterArea(server.srvAreaDB, Number(number), memory);
server.RegisterArea(server.srvAreaMK, Buffer.alloc(64));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, db, offset, what] = line.split(' ');
  const memory = server.GetArea(server.srvAreaDB, Number(db));
  if (verb === 'peek') {
    console.log(memory.subarray(Number(offset), Number(offset) + Number(what)).toString('hex'));
  } else {
    Buffer.from(what, 'hex').copy(memory, Number(offset));
    server.SetArea(server.srvAreaDB, Number(db), memory);
  }
}).on('close', () => process.exit(0)); // the test has ended

if (!server.StartTo('127.0.0.1')) {
  console.error(server.ErrorText(server.LastError()));
  process.exit(1);
}
console.log('ready');
