// A Sparkplug B edge node by sparkplug-client. Commands come on standard input, one a line:
//   data METRIC VALUE     publish a device metric
//   exit                  end without saying goodbye: the broker publishes the last will
// It prints "birth" after each birth and "command METRIC VALUE" for each device command, which it obeys.
'use strict';

const readline = require('readline');
const { newClient } = require('sparkplug-client');

const [port] = process.argv.slice(2);
const client = newClient({
  serverUrl: `tcp://127.0.0.1:${port}`,
  username: '',
  password: '',
  groupId: 'plant',
  edgeNode: 'gateway',
  clientId: 'edge-gateway',
  version: 'spBv1.0',
  publishDeath: true,
});
const device = 'pump';
const values = { 'Inputs/Flow': 12.5, 'Outputs/Speed': 1000, 'Properties/Running': true, 'Properties/Name': 'P-7' };
const types = { 'Inputs/Flow': 'Double', 'Outputs/Speed': 'Int32', 'Properties/Running': 'Boolean', 'Properties/Name': 'String' };

const metric = (name) => ({ name, value: values[name], type: types[name], timestamp: Date.now() });
const nodeMetrics = () => [{ name: 'Node Control/Rebirth', type: 'Boolean', value: false }];

client.on('birth', () => {
  client.publishNodeBirth({ timestamp: Date.now(), metrics: nodeMetrics() });
  client.publishDeviceBirth(device, { timestamp: Date.now(), metrics: Object.keys(values).map(metric) });
  console.log('birth');
});

client.on('dcmd', (name, payload) => {
  for (const m of payload.metrics) {
    values[m.name] = m.value;
    console.log(`command ${m.name} ${m.value}`);
    client.publishDeviceData(device, { timestamp: Date.now(), metrics: [metric(m.name)] });
  }
});

client.on('ncmd', (payload) => {
  if (payload.metrics.some((m) => m.name === 'Node Control/Rebirth' && m.value)) {
    client.emit('birth');
  }
});

client.on('error', (error) => {
  console.error(error);
  process.exit(1);
});

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, name, value] = line.split(' ');
  if (word === 'data') {
    values[name] = Number(value);
    client.publishDeviceData(device, { timestamp: Date.now(), metrics: [metric(name)] });
  } else if (word === 'exit') {
    process.exit(0);
  }
}).on('close', () => process.exit(0));
