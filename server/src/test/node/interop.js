#!/usr/bin/env node
'use strict';
// node-opcua against a running demo: every channel and identity an operator may use, and those that must be refused.
// node interop.js --endpoint URL --data DIR --launcher FILE --work DIR --json FILE
const { execFileSync } = require('child_process');
const fs = require('fs'), path = require('path');
const { MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType } = require('node-opcua');
const { Checks, expect, eventually } = require('./lib/checks');
const { Plant } = require('./lib/plant');
const { Runs } = require('./lib/runs');
const pki = require('./lib/pki');

const args = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
for (const needed of ['endpoint', 'data', 'launcher', 'work', 'json']) {
  if (!args[needed]) { console.error(`--${needed} is missing`); process.exit(2); }
}

const OPERATOR = { type: UserTokenType.UserName, userName: 'operator', password: 'operator' };
const POLICIES = ['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'];
const checks = new Checks();

async function connect(client, policy, identity, body) {
  const isNone = policy === 'None';
  const connection = OPCUAClient.create({
    applicationName: 'uatwin interop', applicationUri: pki.APPLICATION_URI, clientCertificateManager: client.manager,
    certificateFile: client.certificateFile, privateKeyFile: client.privateKeyFile,
    securityPolicy: SecurityPolicy[policy], securityMode: isNone ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt,
    endpointMustExist: false, connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 }, requestedSessionTimeout: 60000,
  });
  connection.on('backoff', () => {});
  try {
    await connection.connect(args.endpoint);
    const session = await connection.createSession(identity);
    try { return await body(await new Plant(session).open()); } finally { await session.close(); }
  } finally {
    await connection.disconnect();
  }
}

async function refused(what, attempt) {
  let reason = '';
  try { await attempt(); } catch (error) { reason = String(error.message || error).split('\n')[0]; }
  expect(reason !== '', `${what} was let in`);
  return reason;
}

const inData = (...parts) => path.join(args.data, ...parts);
const trust = (certificate, ...more) => execFileSync(args.launcher, ['certs', 'trust', certificate.thumbprint, '--data', args.data, ...more], { encoding: 'utf8' });

async function clientTrust(client) {
  const attempt = () => connect(client, 'Basic256Sha256', OPERATOR, () => 'in');
  await checks.run('an untrusted client is refused', () => refused('it', attempt));
  await checks.run('the refused client is listed', () =>
    eventually('its certificate in pki/rejected/certs', () => pki.lists(inData('pki', 'rejected', 'certs'), client)).then(() => client.thumbprint));
  await checks.run('the trust command lets it in', async () => { trust(client); await eventually('a session', attempt); });
}

async function functions(client) {
  for (const [i, policy] of ['None', ...POLICIES].entries()) {
    const rpm = 2400 + 100 * i;
    const step = (name, body) => checks.run(`${policy}: ${name}`, () => connect(client, policy, OPERATOR, body));
    await step('browse', (plant) => plant.browse());
    await step('read', (plant) => plant.read());
    await step('subscribe', (plant) => plant.subscribe());
    await step('a setpoint reaches the virtual PLC and is read back', (plant) => plant.setpoint(rpm));
    await step('WhatIf', async (plant) => { const answer = await plant.whatIf(rpm + 200); return `${answer.Baseline.toFixed(2)} -> ${answer.Predicted.toFixed(2)} m3/h`; });
    await step('history', (plant) => plant.history());
  }
}

async function identities(client, person) {
  await checks.run('anonymous on None reads and may not write', () => connect(client, 'None', { type: UserTokenType.Anonymous }, async (plant) => {
    const speed = await plant.good('pump-01/SpeedSetpoint');
    const status = await plant.write('pump-01/SpeedSetpoint', speed.value.dataType, speed.value.value);
    expect(['BadUserAccessDenied', 'BadNotWritable'].includes(status.name), `its write answered ${status.name}`);
    return status.name;
  }));
  await checks.run('a wrong password is refused', () =>
    refused('a wrong password', () => connect(client, 'Basic256Sha256', { ...OPERATOR, password: 'wrong' }, () => 'in')));
  const identity = { type: UserTokenType.Certificate, certificateData: person.der, privateKey: person.privateKey };
  const asPerson = (body) => connect(client, 'Basic256Sha256', identity, body);
  await checks.run('the certificate of an unknown person is refused', () => refused('it', () => asPerson(() => 'in')));
  await checks.run('that certificate is listed', () =>
    eventually('it in pki/users/rejected/certs', () => pki.lists(inData('pki', 'users', 'rejected', 'certs'), person)).then(() => person.thumbprint));
  await checks.run('a trusted person logs on with the certificate', async () => {
    trust(person, '--user');
    await eventually('a session', () => asPerson((plant) => plant.read()));
    for (const policy of POLICIES) await connect(client, policy, identity, (plant) => plant.read());
  });
}

async function runs(client) {
  const step = (name, body) => checks.run(name, () => connect(client, 'Basic256Sha256', OPERATOR, (plant) => body(new Runs(plant))), 90000);
  await step('a run is started, watched at its node and halted', (mine) => mine.watchAndHalt());
  await step('two runs of one seed are bit-identical', (mine) => mine.sameSeedSameBits());
  await step('each wrong argument has its own status', (mine) => mine.wrongArguments());
  await step('structures are built from what the server says of its types', (mine) => mine.structures());
}

async function fault(client) {
  await checks.run('WhatIf is another one after a fault', () => connect(client, 'Basic256Sha256', OPERATOR, async (plant) => {
    const rpm = 2900;
    await plant.setpoint(rpm);
    const before = await plant.whatIf(rpm);
    const type = (await plant.good('fault-panel/PumpFault')).value.dataType;
    try {
      expect((await plant.write('fault-panel/PumpFault', type, 1)).isGood(), 'the fault cannot be set');
      const after = await eventually('another answer', async () => {
        const answer = await plant.whatIf(rpm);
        return Math.abs(answer.Predicted - before.Predicted) > 0.02 * Math.abs(before.Predicted) && answer;
      }, 60000, 1000);
      return `${before.Predicted.toFixed(2)} before, ${after.Predicted.toFixed(2)} m3/h with wear`;
    } finally {
      await plant.write('fault-panel/PumpFault', type, 0);
    }
  }), 150000);
}

(async () => {
  const only = args.only ? args.only.split(',') : ['trust', 'functions', 'identities', 'runs', 'fault'];
  const client = await pki.make(args.work, 'client', pki.APPLICATION_URI);
  const person = await pki.make(args.work, 'person', 'urn:uatwin:interop-person');
  if (only.includes('trust')) await clientTrust(client);
  if (only.includes('functions')) await functions(client);
  if (only.includes('identities')) await identities(client, person);
  if (only.includes('runs')) await runs(client);
  if (only.includes('fault')) await fault(client);
  const failed = checks.results.filter((result) => !result.passed).length;
  fs.writeFileSync(args.json, JSON.stringify({ results: checks.results, failed }, null, 1));
  console.log(`${checks.results.length} checks, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
