#!/usr/bin/env node
'use strict';
// What node-opcua shows of the health of one twin: its points and what its methods answer.
// node health.js --endpoint URL --twin ID --work DIR --json FILE
const fs = require('fs');
const { AttributeIds, DataType, MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType } = require('node-opcua');
const pki = require('./lib/pki');

const args = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];

const POINTS = ['HealthScore', 'DeviceHealth', 'AnomalyScore', 'AnomalyDetail', 'DiagnosedFault', 'FailureProbability', 'DominantMode',
  'LifetimeCounters/RemainingUsefulLife', 'LifetimeCounters/RemainingUsefulLife/WarningValues', 'LifetimeCounters/RemainingUsefulLife/LimitValue',
  'RemainingUsefulLifeLower', 'RemainingUsefulLifeUpper', 'PredictionState', 'PredictionDetail', 'ModelVersion'];

function plain(value) {
  if (value === null || value === undefined) return null;
  if (value.text !== undefined && value.locale !== undefined) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

async function call(session, site, twin, name, inputs) {
  const objectId = `ns=${site};s=${twin}`;
  const methodId = `ns=${site};s=${twin}/MethodSet/${name}`;
  const outputs = (await session.read({ nodeId: `${methodId}/OutputArguments`, attributeId: AttributeIds.Value })).value.value;
  const result = await session.call({ objectId, methodId, inputArguments: inputs });
  const answer = { status: result.statusCode.name, arguments: (result.inputArgumentResults || []).map((s) => s.name) };
  outputs.forEach((output, i) => { answer[output.name] = result.outputArguments && result.outputArguments[i] ? plain(result.outputArguments[i].value) : null; });
  return answer;
}

async function look(user) {
  const client = await pki.make(args.work, 'client', pki.APPLICATION_URI);
  const connection = OPCUAClient.create({
    applicationName: 'uatwin health', applicationUri: pki.APPLICATION_URI, clientCertificateManager: client.manager,
    certificateFile: client.certificateFile, privateKeyFile: client.privateKeyFile,
    securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None, endpointMustExist: false,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 }, requestedSessionTimeout: 60000,
  });
  connection.on('backoff', () => {});
  await connection.connect(args.endpoint);
  const session = await connection.createSession({ type: UserTokenType.UserName, userName: user, password: user });
  try {
    const table = (await session.read({ nodeId: 'i=2255', attributeId: AttributeIds.Value })).value.value;
    const site = table.findIndex((uri) => uri.startsWith('urn:uatwin:site:'));
    const points = {};
    for (const point of POINTS) {
      const read = await session.read({ nodeId: `ns=${site};s=${args.twin}/${point}`, attributeId: AttributeIds.Value });
      points[point] = { status: read.statusCode.name, value: read.value ? plain(read.value.value) : null };
    }
    const none = { dataType: DataType.DateTime, value: null };
    const methods = {
      AssessHealth: await call(session, site, args.twin, 'AssessHealth', []),
      Diagnose: await call(session, site, args.twin, 'Diagnose', []),
      PredictRemainingUsefulLife: await call(session, site, args.twin, 'PredictRemainingUsefulLife', [{ dataType: DataType.Double, value: 1 }]),
      PlanMaintenance: await call(session, site, args.twin, 'PlanMaintenance', [none, none, { dataType: DataType.Double, value: 0 }]),
    };
    return { points, methods };
  } finally {
    await session.close();
    await connection.disconnect();
  }
}

(async () => {
  const engineer = await look('admin');
  const operator = await look('operator');
  fs.writeFileSync(args.json, JSON.stringify({ engineer, operator }, null, 1));
  console.log(JSON.stringify(engineer, null, 1));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(2); });
