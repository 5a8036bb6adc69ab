#!/usr/bin/env node
'use strict';
// A server we did not write, to be mirrored: node upstream.js --port N --work DIR [--first URI,URI]
// --first registers namespaces before its own, which moves its index. Commands on standard input, one a line:
//   set NAME VALUE STATUS TIME   gives a node value, status and source time
//   get NAME                     prints "NAME VALUE"
const readline = require('readline');
const { DataType, OPCUAServer, StatusCodes, Variant, VariantArrayType } = require('node-opcua');
const pki = require('./lib/pki');

const args = { first: '' };
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];

const APPLICATION_URI = 'urn:uatwin:test:upstream';
const NODES = 'urn:uatwin:test:upstream:nodes';

async function main() {
  const own = await pki.make(args.work, 'upstream', APPLICATION_URI);
  const server = new OPCUAServer({
    port: Number(args.port), hostname: '127.0.0.1', resourcePath: '/plc', serverInfo: { applicationUri: APPLICATION_URI },
    serverCertificateManager: own.manager, certificateFile: own.certificateFile, privateKeyFile: own.privateKeyFile,
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  args.first.split(',').filter(Boolean).forEach((uri) => space.registerNamespace(uri));
  const namespace = space.registerNamespace(NODES);
  const nodes = {};
  const add = (name, dataType, value, more = {}) => {
    nodes[name] = namespace.addVariable({
      organizedBy: space.rootFolder.objects, nodeId: `s=${name}`, browseName: name, dataType: DataType[dataType],
      accessLevel: 'CurrentRead | CurrentWrite', userAccessLevel: 'CurrentRead | CurrentWrite', minimumSamplingInterval: 50, ...more,
    });
    nodes[name].setValueFromSource(new Variant({ dataType: DataType[dataType], value, arrayType: Array.isArray(value) ? VariantArrayType.Array : VariantArrayType.Scalar }));
  };
  add('Temperature', 'Double', 20.5);
  add('Setpoint', 'Float', 50);
  add('Count', 'UInt16', 7);
  add('Name', 'String', 'press');
  add('Levels', 'Double', [1, 2, 3], { valueRank: 1, arrayDimensions: [3] });
  readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const [verb, name, value, status, time] = line.split(' ');
    if (verb === 'get') console.log(`${name} ${nodes[name].readValue().value.value}`);
    else nodes[name].setValueFromSource(new Variant({ dataType: DataType.Double, value: Number(value) }), StatusCodes[status], new Date(time));
  }).on('close', () => process.exit(0)); // the test has ended
  await server.start();
  console.log('ready');
}

main().catch((error) => { console.error(error); process.exit(1); });
