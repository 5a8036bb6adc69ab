#!/usr/bin/env node
'use strict';
// node-opcua while the server takes over one more twin: nothing of what it has may break, and it is told of the change.
// node reload.js --endpoint URL --plant FILE --period MS --items ID,ID,... --work DIR --json FILE
const fs = require('fs');
const {
  AttributeIds, ClientMonitoredItem, ClientSubscription, DataChangeFilter, DataChangeTrigger, DataType, MessageSecurityMode, OPCUAClient,
  SecurityPolicy, TimestampsToReturn, UserTokenType, Variant, constructEventFilter, ofType,
} = require('node-opcua');
const { Checks, expect, eventually } = require('./lib/checks');
const pki = require('./lib/pki');

const args = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
for (const needed of ['endpoint', 'plant', 'period', 'items', 'work', 'json']) {
  if (!args[needed]) { console.error(`--${needed} is missing`); process.exit(2); }
}
const PERIOD = Number(args.period);
const id = (path) => `ns=2;s=${path}`;
const checks = new Checks();

/** Every node of the site's namespace down to the points, by browsing. */
async function nodes(session) {
  const found = new Set();
  let open = [id(':site')];
  for (let depth = 0; depth < 4 && open.length; depth++) {
    const next = [];
    for (let i = 0; i < open.length; i += 200) {
      const part = open.slice(i, i + 200).map((nodeId) => ({
        nodeId, referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63,
      }));
      for (let result of await session.browse(part)) {
        for (;;) {
          for (const reference of result.references || []) {
            const key = reference.nodeId.toString();
            if (reference.nodeId.namespace === 2 && !found.has(key)) { found.add(key); if (depth < 3) next.push(key); }
          }
          if (!result.continuationPoint || !result.continuationPoint.length) break;
          result = await session.browseNext(result.continuationPoint, false);
        }
      }
    }
    open = next;
  }
  return found;
}

function watch(session, seen, lost) {
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 200, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10,
    maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0,
  });
  subscription.on('terminated', () => lost.push('subscription terminated'));
  subscription.on('internal_error', (error) => lost.push(`subscription: ${error.message}`));
  const items = args.items.split(',').map((path) => {
    seen[path] = [];
    const item = ClientMonitoredItem.create(subscription, { nodeId: id(path), attributeId: AttributeIds.Value }, {
      samplingInterval: 0, queueSize: 1000, discardOldest: true,
      filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValueTimestamp, deadbandType: 0, deadbandValue: 0 }),
    }, TimestampsToReturn.Both);
    item.on('changed', (value) => seen[path].push(value));
    item.on('err', (message) => lost.push(`${path}: ${message}`));
    return item;
  });
  const events = [];
  const event = ClientMonitoredItem.create(subscription, { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 100, discardOldest: true, filter: constructEventFilter(['EventType', 'Changes'], ofType('i=2133')) });
  event.on('changed', (fields) => events.push(fields));
  event.on('err', (message) => lost.push(`events: ${message}`));
  return { subscription, items, events };
}

(async () => {
  const client = await pki.make(args.work, 'client', pki.APPLICATION_URI);
  const connection = OPCUAClient.create({
    applicationName: 'uatwin reload', applicationUri: pki.APPLICATION_URI, clientCertificateManager: client.manager,
    certificateFile: client.certificateFile, privateKeyFile: client.privateKeyFile, securityPolicy: SecurityPolicy.None, securityMode: MessageSecurityMode.None,
    endpointMustExist: false, connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 }, requestedSessionTimeout: 60000,
  });
  const lost = [];
  await connection.connect(args.endpoint);
  connection.on('connection_lost', () => lost.push('connection lost'));
  connection.on('close', () => lost.push('connection closed'));
  const session = await connection.createSession({ type: UserTokenType.Anonymous });
  session.on('session_closed', () => lost.push('session closed'));
  const sessionId = session.sessionId.toString();
  const seen = {};
  const { subscription, events } = watch(session, seen, lost);
  await eventually('values on every item', () => Object.values(seen).every((values) => values.length > 3), 30000);
  const subscriptionId = subscription.subscriptionId;
  const before = await nodes(session);

  let answer;
  await checks.run('one point is added by Reload', async () => {
    fs.appendFileSync(args.plant, '  - {id: added-01, type: Single, device: link-1/plc, points: {Value: input 500 uint16}}\n');
    const result = await session.call({ objectId: id(':plant'), methodId: id(':plant/MethodSet/Reload'), inputArguments: [new Variant({ dataType: DataType.Boolean, value: false })] });
    expect(result.statusCode.isGood(), `Reload answered ${result.statusCode.name}`);
    answer = result.outputArguments.map((argument) => argument.value);
    expect(answer[0] === true && answer[3] === 1 && answer[4] === 0 && answer[5] === 0, `Reload answered ${JSON.stringify(answer)}`);
    return answer[1].text;
  });
  const at = Object.fromEntries(Object.entries(seen).map(([path, values]) => [path, values.length]));
  await checks.run('the new point is read', () => eventually('a Good value', async () =>
    (await session.read({ nodeId: id('added-01/Value'), attributeId: AttributeIds.Value })).statusCode.isGood(), 10000));
  await checks.run('a GeneralModelChangeEvent names it', () => eventually('the event', () => {
    const changes = events.flatMap((fields) => fields[1].value || []);
    return changes.some((change) => change.affected.toString() === id('added-01') && change.verb === 1)
      && changes.some((change) => change.affected.toString() === id(':site') && change.verb === 4)
      && `${changes.length} changes`;
  }, 10000));
  await checks.run('every item goes on, without a gap', async () => {
    await eventually('20 more values on every item', () => Object.entries(seen).every(([path, values]) => values.length >= at[path] + 20), 60000);
    let largest = 0;
    for (const [path, values] of Object.entries(seen)) {
      for (let i = 0; i < values.length; i++) {
        expect(values[i].statusCode.isGood(), `${path} was ${values[i].statusCode.name}`);
        if (i > 0) largest = Math.max(largest, values[i].sourceTimestamp - values[i - 1].sourceTimestamp);
      }
    }
    expect(largest < 5 * PERIOD, `${largest} ms between two values, polled every ${PERIOD} ms`);
    return `largest distance ${largest} ms at ${PERIOD} ms, ${Object.keys(seen).length} items`;
  }, 90000);
  await checks.run('0 sessions dropped, 0 subscriptions lost', () => {
    expect(lost.length === 0, lost.join(', '));
    expect(session.sessionId.toString() === sessionId && subscription.subscriptionId === subscriptionId, 'session or subscription is another one');
    return `session ${sessionId}, subscription ${subscriptionId}`;
  });
  await checks.run('0 NodeIds changed', async () => {
    const after = await nodes(session);
    const missing = [...before].filter((key) => !after.has(key));
    const extra = [...after].filter((key) => !before.has(key) && !key.startsWith('ns=2;s=added-01'));
    expect(missing.length === 0 && extra.length === 0, `missing ${missing.slice(0, 3)}, extra ${extra.slice(0, 3)}`);
    return `${before.size} before, ${after.size} after`;
  }, 120000);

  await subscription.terminate();
  await session.close();
  await connection.disconnect();
  const failed = checks.results.filter((result) => !result.passed).length;
  fs.writeFileSync(args.json, JSON.stringify({ results: checks.results, failed }, null, 1));
  console.log(`${checks.results.length} checks, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
