#!/usr/bin/env node
'use strict';
// What node-opcua gets of a plan of maintenance: a row for each job, in arrays and as one structure.
// node plan.js --endpoint URL --twin ID --work DIR --json FILE
const fs = require('fs');
const { AttributeIds, DataType, MessageSecurityMode, OPCUAClient, SecurityPolicy, UserTokenType } = require('node-opcua');
const pki = require('./lib/pki');

const args = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];

function plain(value) {
  if (value === null || value === undefined) return null;
  if (value.text !== undefined && value.locale !== undefined) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

(async () => {
  const client = await pki.make(args.work, 'client', pki.APPLICATION_URI);
  const connection = OPCUAClient.create({
    applicationName: 'uatwin plan', applicationUri: pki.APPLICATION_URI, clientCertificateManager: client.manager,
    certificateFile: client.certificateFile, privateKeyFile: client.privateKeyFile,
    securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None, endpointMustExist: false,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 }, requestedSessionTimeout: 60000,
  });
  await connection.connect(args.endpoint);
  const session = await connection.createSession({ type: UserTokenType.UserName, userName: 'admin', password: 'admin' });
  const table = (await session.read({ nodeId: 'i=2255', attributeId: AttributeIds.Value })).value.value;
  const site = table.findIndex((uri) => uri.startsWith('urn:uatwin:site:'));
  const call = async (name, inputs) => {
    const methodId = `ns=${site};s=${args.twin}/MethodSet/${name}`;
    const outputs = (await session.read({ nodeId: `${methodId}/OutputArguments`, attributeId: AttributeIds.Value })).value.value;
    const result = await session.call({ objectId: `ns=${site};s=${args.twin}`, methodId, inputArguments: inputs });
    const answer = { status: result.statusCode.name };
    outputs.forEach((o, i) => { answer[o.name] = result.outputArguments && result.outputArguments[i] ? plain(result.outputArguments[i].value) : null; });
    return answer;
  };
  const none = { dataType: DataType.DateTime, value: null };
  const any = { dataType: DataType.Double, value: 0 };
  const answer = {
    plan: await call('PlanMaintenance', [none, none, any]),
    schedule: await call('ScheduleMaintenance', [none, none, any]),
    defer: await call('DeferMaintenance', [{ dataType: DataType.String, value: '' }, none]),
    list: await call('ListMaintenance', []),
  };
  await session.close();
  await connection.disconnect();
  fs.writeFileSync(args.json, JSON.stringify(answer, null, 1));
  console.log(JSON.stringify(answer, null, 1));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(2); });
