#!/usr/bin/env node
'use strict';
// node-opcua holds a running demo against Parts 3, 4, 5 and 6: sessions, security, capabilities, address space, events.
// node conform.js --endpoint URL --data DIR --work DIR --json FILE [--only sessions,security,capabilities,space,events]
const crypto = require('crypto'), fs = require('fs'), path = require('path');
const opcua = require('node-opcua');
const { AttributeIds, DataType, MessageSecurityMode, NodeClass, OPCUAClient, SecurityPolicy, StatusCodes, UserTokenType } = opcua;
const { Checks, expect, eventually } = require('./lib/checks');
const pki = require('./lib/pki');

const args = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
for (const needed of ['endpoint', 'data', 'work', 'json']) {
  if (!args[needed]) { console.error(`--${needed} is missing`); process.exit(2); }
}
const OPERATOR = { type: UserTokenType.UserName, userName: 'operator', password: 'operator' };
const ADMIN = { type: UserTokenType.UserName, userName: 'admin', password: 'admin' };
const ANONYMOUS = { type: UserTokenType.Anonymous };
const MODES = ['Sign', 'SignAndEncrypt'];
const POLICIES = ['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'];
const checks = new Checks();
let own; // the client's certificate

function client(options = {}) {
  const c = OPCUAClient.create({
    applicationName: 'uatwin conform', applicationUri: pki.APPLICATION_URI, endpointMustExist: false, requestedSessionTimeout: 30000,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 200 }, keepSessionAlive: false,
    ...(own ? { clientCertificateManager: own.manager, certificateFile: own.certificateFile, privateKeyFile: own.privateKeyFile } : {}),
    ...options,
  });
  c.on('backoff', () => {});
  return c;
}

async function connected(options, body) {
  const c = client(options);
  await c.connect(args.endpoint);
  try { return await body(c); } finally { await c.disconnect(); }
}

const within = (options, identity, body) => connected(options, async (c) => {
  const session = await c.createSession(identity);
  try { return await body(session, c); } finally { await session.close(true).catch(() => {}); }
});

const secured = (policy, mode = 'SignAndEncrypt') => ({ securityPolicy: SecurityPolicy[policy], securityMode: MessageSecurityMode[mode] });

/** The name of the status an attempt ends with, Good when it works. */
async function status(attempt) {
  try { await attempt(); return 'Good'; } catch (error) {
    const text = String(error.message || error);
    const found = /Bad_?[A-Za-z]+/.exec(text) || (/may have been rejected/.test(text) && ['rejected']);
    return found ? found[0].replace('_', '') : String(error.message || error).split('\n')[0];
  }
}
const read = async (session, nodeId, attributeId = AttributeIds.Value) => session.read({ nodeId, attributeId });
const value = async (session, nodeId) => { const v = await read(session, nodeId); expect(v.statusCode.isGood(), `${nodeId} is ${v.statusCode.name}`); return v.value.value; };
const perform = (session, request) => session.performMessageTransaction(request);

// ---------------------------------------------------------------- sessions (Part 4, 5.7)

async function sessions() {
  await checks.run('a session timeout is revised into its limits', () => connected({ requestedSessionTimeout: 1 }, async (c) => {
    const session = await c.createSession(ANONYMOUS);
    const short = session.timeout; await session.close();
    const c2 = client({ requestedSessionTimeout: 1e9 }); await c2.connect(args.endpoint);
    try { const s2 = await c2.createSession(ANONYMOUS); const long = s2.timeout; await s2.close(); expect(short >= 1000 && long <= 3600e3 && long > short, `${short}..${long}`); return `${short}..${long} ms`; } finally { await c2.disconnect(); }
  }));
  await checks.run('the user of a session can change and gets other rights', () => within({}, OPERATOR, async (session, c) => {
    const before = (await read(session, 'ns=2;s=pump-01/SpeedSetpoint', AttributeIds.UserAccessLevel)).value.value;
    await session.changeUser(ANONYMOUS);
    const after = (await read(session, 'ns=2;s=pump-01/SpeedSetpoint', AttributeIds.UserAccessLevel)).value.value;
    expect((before & 2) === 2 && (after & 2) === 0, `${before} then ${after}`);
  }));
  await checks.run('a refused change of user leaves the session as it was', () => within({}, OPERATOR, async (session, c) => {
    const refused = await status(async () => { const s = await session.changeUser({ ...OPERATOR, password: 'wrong' }); if (s && s.isNotGood && s.isNotGood()) throw new Error(s.name); });
    expect(/BadUserAccessDenied|BadIdentityTokenRejected/.test(refused), refused);
    const level = (await read(session, 'ns=2;s=pump-01/SpeedSetpoint', AttributeIds.UserAccessLevel)).value.value;
    expect((level & 2) === 2, `UserAccessLevel ${level}`);
    return refused;
  }));
  await checks.run('closing with deleteSubscriptions ends them, without keeps them for a transfer', async () => {
    const summary = () => within({}, ADMIN, (s) => value(s, 'i=2285'));
    const begin = await summary();
    await connected({}, async (c) => {
      const session = await c.createSession(OPERATOR);
      await session.createSubscription2({ requestedPublishingInterval: 500, requestedLifetimeCount: 60, requestedMaxKeepAliveCount: 10, publishingEnabled: true });
      expect((await summary()) === begin + 1, 'the subscription is not counted');
      await session.close(true);
    });
    await eventually('one subscription less', async () => (await summary()) === begin);
    return `CurrentSubscriptionCount ${begin}`;
  });
  await checks.run('a subscription is transferred to another session of the same user, not to others', async () => {
    const items = async (session) => {
      const created = await perform(session, new opcua.CreateSubscriptionRequest({ requestedPublishingInterval: 200, requestedLifetimeCount: 600, requestedMaxKeepAliveCount: 50, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 }));
      return created.subscriptionId;
    };
    return connected(secured('Basic256Sha256'), async (c) => {
      const first = await c.createSession(OPERATOR);
      const id = await items(first);
      const stranger = await c.createSession(ADMIN);
      const no = await perform(stranger, new opcua.TransferSubscriptionsRequest({ subscriptionIds: [id], sendInitialValues: true }));
      expect(no.results[0].statusCode.name === 'BadUserAccessDenied', `a stranger got ${no.results[0].statusCode.name}`);
      const same = await c.createSession(OPERATOR);
      const yes = await perform(same, new opcua.TransferSubscriptionsRequest({ subscriptionIds: [id, 999999], sendInitialValues: true }));
      expect(yes.results[0].statusCode.isGood() && yes.results[1].statusCode.name === 'BadSubscriptionIdInvalid', yes.results.map((r) => r.statusCode.name).join());
      const gone = await perform(first, new opcua.DeleteSubscriptionsRequest({ subscriptionIds: [id] }));
      expect(gone.results[0].name === 'BadSubscriptionIdInvalid', `the old session still owns it: ${gone.results[0].name}`);
      for (const s of [first, stranger, same]) await s.close(true);
    });
  });
  await checks.run('two sessions of one name are two', () => connected({}, async (c) => {
    const a = await c.createSession(ADMIN); const b = await c.createSession(ADMIN);
    try {
      expect(a.sessionId.toString() !== b.sessionId.toString(), 'one SessionId');
      await eventually('both in the summary', async () => {
        const r = await a.browse({ nodeId: 'i=3706', referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, browseDirection: 0, resultMask: 63 });
        const names = r.references.map((x) => x.browseName.toString());
        expect(new Set(names).size === names.length, `equal BrowseNames: ${names.join(' | ')}`);
        return names.length >= 4;
      });
    } finally { await a.close(); await b.close(); }
  }));
  await checks.run('sessions are limited and the limit is announced', async () => {
    const max = await within({}, ANONYMOUS, (s) => value(s, 'i=24095'));
    expect(max > 0 && max <= 65535, `MaxSessions ${max}`);
    const clients = []; let refused = '';
    try {
      for (let i = 0; i < max + 5 && !refused; i++) {
        const c = client(); await c.connect(args.endpoint); clients.push(c);
        refused = await status(() => c.createSession(ANONYMOUS));
        if (refused === 'Good') refused = '';
      }
    } finally { for (const c of clients) await c.disconnect().catch(() => {}); }
    expect(refused === 'BadTooManySessions', refused || 'never refused');
    await eventually('room again', async () => (await status(() => within({}, ANONYMOUS, (s) => value(s, 'i=2258')))) === 'Good');
    return `after ${clients.length - 1} sessions`;
  });
}

// ---------------------------------------------------------------- security (Part 4, 6.1; Part 6, 6.7; Part 7)

async function certificate(name, options) {
  const folder = path.join(args.work, name);
  const manager = new opcua.OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: true });
  await manager.initialize();
  const certificateFile = path.join(folder, 'own', 'certs', `${name}.pem`);
  await manager.createSelfSignedCertificate({ applicationUri: pki.APPLICATION_URI, dns: ['localhost'], subject: `/CN=${name}/O=uatwin tests`, startDate: new Date(Date.now() - 3600e3), validity: 30, outputFile: certificateFile, ...options });
  const der = new crypto.X509Certificate(fs.readFileSync(certificateFile)).raw;
  return { clientCertificateManager: manager, certificateFile, privateKeyFile: manager.privateKey, der };
}
function trust(der, name) { fs.writeFileSync(path.join(args.data, 'pki', 'trusted', 'certs', `${name}.der`), der); }

async function security() {
  for (const policy of POLICIES) for (const mode of MODES) {
    await checks.run(`${policy} ${mode}: channel, session, read`, () => within(secured(policy, mode), OPERATOR, (s) => value(s, 'i=2258')).then(() => ''));
  }
  await checks.run('deprecated policies are not offered', () => connected({}, async (c) => {
    const endpoints = await c.getEndpoints();
    const uris = new Set(endpoints.map((e) => e.securityPolicyUri));
    for (const bad of ['Basic128Rsa15', 'Basic256']) expect(![...uris].some((u) => u.endsWith('#' + bad)), `${bad} is offered`);
    for (const e of endpoints) for (const t of e.userIdentityTokens) {
      if (t.tokenType === UserTokenType.UserName) expect((t.securityPolicyUri || e.securityPolicyUri).split('#')[1] !== 'None', `${t.policyId} sends passwords in clear`);
      expect(t.policyId && t.policyId.length > 0, 'a token policy without id');
    }
    const ids = endpoints.map((e) => e.userIdentityTokens.map((t) => t.policyId)).map((l) => new Set(l).size === l.length);
    expect(ids.every(Boolean), 'a policyId twice on one endpoint');
    const levels = endpoints.map((e) => [e.securityMode, e.securityLevel]);
    const none = levels.filter(([m]) => m === MessageSecurityMode.None).map(([, l]) => l), others = levels.filter(([m]) => m !== MessageSecurityMode.None).map(([, l]) => l);
    expect(none.every((n) => others.every((o) => o > n)), `securityLevel None ${none}, others ${others}`);
    return `${endpoints.length} endpoints`;
  }));
  const attempts = [
    ['expired', { startDate: new Date(Date.now() - 20 * 86400e3), validity: 5 }, /BadCertificateTimeInvalid|rejected/],
    ['not yet valid', { startDate: new Date(Date.now() + 20 * 86400e3), validity: 5 }, /BadCertificateTimeInvalid|rejected/],
  ];
  for (const [what, options, wanted] of attempts) {
    await checks.run(`a trusted certificate ${what} is refused for that`, async () => {
      const name = what.replace(/ /g, '-');
      const made = await certificate(name, options); trust(made.der, name);
      let got; await eventually('the right refusal', async () => { got = await status(() => within({ ...secured('Basic256Sha256'), clientCertificateManager: made.clientCertificateManager, certificateFile: made.certificateFile, privateKeyFile: made.privateKeyFile }, ANONYMOUS, () => 0)); return wanted.test(got); }).catch(() => {});
      expect(wanted.test(got), got); return got;
    });
  }
  await checks.run('an unknown certificate learns nothing', async () => {
    const made = await certificate('stranger', {});
    const got = await status(() => within({ ...secured('Basic256Sha256'), clientCertificateManager: made.clientCertificateManager, certificateFile: made.certificateFile, privateKeyFile: made.privateKeyFile }, ANONYMOUS, () => 0));
    expect(got !== 'Good', 'it was let in'); return got;
  });
  await checks.run('a channel is renewed while it is used', () => connected({ ...secured('Basic256Sha256'), defaultSecureTokenLifetime: 2000, tokenRenewalInterval: 700 }, async (c) => {
    const session = await c.createSession(OPERATOR); let renewed = 0;
    c.on('security_token_renewed', () => { renewed++; });
    const end = Date.now() + 4000; let n = 0;
    while (Date.now() < end) { await Promise.all([1, 2, 3].map(() => value(session, 'i=2258'))); n += 3; await new Promise((r) => setTimeout(r, 20)); }
    await session.close(); expect(renewed >= 2, `${renewed} renewals`); return `${renewed} renewals, ${n} reads`;
  }));
  await checks.run('passwords: wrong, empty, unknown user and long ones are refused alike', async () => {
    const seen = new Set();
    for (const identity of [{ ...OPERATOR, password: 'wrong' }, { ...OPERATOR, password: '' }, { ...OPERATOR, userName: 'nobody' }, { ...OPERATOR, password: 'x'.repeat(500) }]) seen.add(await status(() => within({}, identity, () => 0)));
    expect(seen.size === 1 && /BadUserAccessDenied|BadIdentityTokenRejected/.test([...seen][0]), [...seen].join()); return [...seen][0];
  });
}

// ---------------------------------------------------------------- capabilities (Part 5, 6.3 and 8)

async function capabilities() {
  await within({}, ADMIN, async (s) => {
    await checks.run('every capability has a value of its type', async () => {
      const rs = [];
      for (const root of ['i=2268', 'i=11704', 'i=11192']) {
        const r = await s.browse({ nodeId: root, referenceTypeId: 'HasProperty', includeSubtypes: true, browseDirection: 0, resultMask: 63 });
        for (const ref of r.references) { const v = await read(s, ref.nodeId); rs.push([ref.browseName.name, v]); }
      }
      const empty = rs.filter(([, v]) => !v.statusCode.isGood() || v.value.value === null).map(([n, v]) => `${n} ${v.statusCode.name}`);
      expect(empty.length === 0, empty.join(', ')); return `${rs.length} properties`;
    });
    const limit = async (name, id, request, count) => checks.run(`${name} is enforced`, async () => {
      const max = await value(s, id);
      expect(max > 0, `${name} is ${max}`);
      const over = await status(() => perform(s, request(max + 1)));
      expect(over === 'BadTooManyOperations', `${max + 1} answered ${over}`);
      const at = count === false ? 'not asked' : await status(() => perform(s, request(max)));
      expect(at !== 'BadTooManyOperations', `${max} answered ${at}`);
      return `${max}`;
    });
    const many = (n, x) => Array.from({ length: n }, () => x);
    const node = 'ns=2;s=pump-01/Flow';
    await limit('MaxNodesPerRead', 'i=11705', (n) => new opcua.ReadRequest({ timestampsToReturn: 3, nodesToRead: many(n, { nodeId: node, attributeId: 13 }) }));
    await limit('MaxNodesPerWrite', 'i=11707', (n) => new opcua.WriteRequest({ nodesToWrite: many(n, { nodeId: 'ns=2;s=none', attributeId: 13, value: { value: { dataType: 'Double', value: 1 } } }) }));
    await limit('MaxNodesPerMethodCall', 'i=11709', (n) => new opcua.CallRequest({ methodsToCall: many(n, { objectId: 'ns=2;s=none', methodId: 'ns=2;s=none' }) }));
    await limit('MaxNodesPerBrowse', 'i=11710', (n) => new opcua.BrowseRequest({ nodesToBrowse: many(n, { nodeId: node, referenceTypeId: 'i=33', includeSubtypes: true, browseDirection: 0 }) }));
    await limit('MaxNodesPerRegisterNodes', 'i=11711', (n) => new opcua.RegisterNodesRequest({ nodesToRegister: many(n, opcua.resolveNodeId(node)) }));
    await limit('MaxNodesPerTranslateBrowsePathsToNodeIds', 'i=11712', (n) => new opcua.TranslateBrowsePathsToNodeIdsRequest({ browsePaths: many(n, opcua.makeBrowsePath('i=84', '/Objects')) }));
    await limit('MaxNodesPerHistoryReadData', 'i=12165', (n) => new opcua.HistoryReadRequest({ historyReadDetails: new opcua.ReadRawModifiedDetails({ startTime: new Date(0), endTime: new Date(), numValuesPerNode: 1 }), timestampsToReturn: 3, nodesToRead: many(n, { nodeId: node }) }));
    await checks.run('MaxArrayLength, MaxStringLength and MaxByteStringLength are enforced', async () => {
      const string = await value(s, 'i=11703');
      const w = (v) => status(() => perform(s, new opcua.WriteRequest({ nodesToWrite: [{ nodeId: 'ns=2;s=none', attributeId: 13, value: { value: v } }] })));
      const over = await w({ dataType: 'String', value: 'x'.repeat(string + 1) });
      const at = await w({ dataType: 'String', value: 'x'.repeat(string) });
      const array = await value(s, 'i=11702');
      const overArray = await w({ dataType: 'Boolean', arrayType: 1, value: many(array + 1, true) });
      expect(over === 'BadEncodingLimitsExceeded' && overArray === 'BadEncodingLimitsExceeded' && at === 'Good', `${over} ${overArray} ${at}`);
      return `${string} bytes, ${array} elements`;
    });
    await checks.run('ServerStatus, BuildInfo and ServerArray tell the truth', async () => {
      const st = await value(s, 'i=2256');
      expect(st.state === 0, `State ${st.state}`);
      expect(Math.abs(Date.now() - st.currentTime.getTime()) < 5000 && st.startTime < st.currentTime, 'times');
      for (const f of ['productUri', 'manufacturerName', 'productName', 'softwareVersion', 'buildNumber']) expect(st.buildInfo[f] && st.buildInfo[f].length > 0, `BuildInfo ${f} is empty`);
      const uri = (await value(s, 'i=2254'))[0]; const ns = await value(s, 'i=2255');
      expect(ns[0] === 'http://opcfoundation.org/UA/' && ns[1] === uri, `${ns[1]} ${uri}`);
      for (const [id, field] of [['i=2259', 'state'], ['i=2992', 'secondsTillShutdown']]) expect((await value(s, id)) === st[field], field);
      for (const [id, field] of [['i=2262', 'productUri'], ['i=2263', 'manufacturerName'], ['i=2261', 'productName'], ['i=2264', 'softwareVersion'], ['i=2265', 'buildNumber']]) expect((await value(s, id)) === st.buildInfo[field], field);
    });
    await checks.run('ServerProfileArray and LocaleIdArray hold what they should', async () => {
      const profiles = await value(s, 'i=2269'), locales = await value(s, 'i=2271');
      expect(profiles.length > 0 && profiles.every((p) => /^http:\/\/opcfoundation.org\/UA-Profile\/(External\/)?Server\//.test(p)), profiles.join());
      expect(locales.length > 0 && locales.every((l) => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(l)), locales.join());
      return `${profiles.length} profiles, ${locales}`;
    });
    await checks.run('each namespace has its metadata', async () => {
      const ns = await value(s, 'i=2255');
      const r = await s.browse({ nodeId: 'i=11715', referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, browseDirection: 0, resultMask: 63, nodeClassMask: 1 });
      const named = r.references.map((x) => x.browseName.name);
      const used = new Set([0, 2, 3]); // and those whose types the plant uses
      const missing = ns.filter((uri, i) => used.has(i) && !named.includes(uri));
      expect(missing.length === 0, `without: ${missing}`);
      for (const x of r.references) {
        const p = await s.browse({ nodeId: x.nodeId, referenceTypeId: 'HasProperty', includeSubtypes: true, browseDirection: 0, resultMask: 63 });
        const names = p.references.map((y) => y.browseName.name);
        for (const m of ['NamespaceUri', 'NamespaceVersion', 'NamespacePublicationDate', 'IsNamespaceSubset', 'StaticNodeIdTypes', 'StaticNumericNodeIdRange', 'StaticStringNodeIdPattern']) expect(names.includes(m), `${x.browseName.name} has no ${m}`);
        for (const y of p.references) { const v = await read(s, y.nodeId); expect(v.statusCode.isGood() && v.value.value !== null, `${x.browseName.name}/${y.browseName.name} ${v.statusCode.name} ${v.value && v.value.value}`); }
        expect((await value(s, p.references.find((y) => y.browseName.name === 'NamespaceUri').nodeId)) === x.browseName.name, 'NamespaceUri');
      }
      return `${named.length}`;
    });
    await checks.run('diagnostics count', async () => {
      const summary = () => value(s, 'i=2275');
      expect((await value(s, 'i=2294')) === true, 'EnabledFlag');
      const a = await summary();
      await within({}, OPERATOR, async (o) => {
        const b = await eventually('one session more', async () => { const x = await summary(); return x.currentSessionCount === a.currentSessionCount + 1 && x.cumulatedSessionCount > a.cumulatedSessionCount && x; });
        await perform(o, new opcua.CreateSubscriptionRequest({ requestedPublishingInterval: 500, requestedLifetimeCount: 60, requestedMaxKeepAliveCount: 10, publishingEnabled: true }));
        const c = await summary();
        expect(c.currentSubscriptionCount === b.currentSubscriptionCount + 1 && c.cumulatedSubscriptionCount === b.cumulatedSubscriptionCount + 1, `${c.currentSubscriptionCount} ${c.cumulatedSubscriptionCount}`);
        expect((await value(s, 'i=2277')) === c.currentSessionCount, 'the component CurrentSessionCount differs from the structure');
      });
      const rejected = (await summary());
      await status(() => within({}, { ...OPERATOR, password: 'wrong' }, () => 0));
      const after = await summary();
      expect(after.securityRejectedSessionCount > rejected.securityRejectedSessionCount, `SecurityRejectedSessionCount stays ${after.securityRejectedSessionCount}`);
      expect(after.rejectedSessionCount > rejected.rejectedSessionCount, `RejectedSessionCount stays ${after.rejectedSessionCount}`);
      const bad = await summary();
      await status(() => perform(s, new opcua.ReadRequest({ timestampsToReturn: 3, nodesToRead: [] })));
      expect((await summary()).rejectedRequestsCount > bad.rejectedRequestsCount, 'RejectedRequestsCount stays');
    });
    await checks.run('the arrays of session and subscription diagnostics hold this session', async () => {
      const sub = await perform(s, new opcua.CreateSubscriptionRequest({ requestedPublishingInterval: 500, requestedLifetimeCount: 60, requestedMaxKeepAliveCount: 10, publishingEnabled: true }));
      const sessionsArray = await value(s, 'i=3707');
      const mine = sessionsArray.find((x) => x.sessionId.toString() === s.sessionId.toString());
      expect(mine, 'this session is not in SessionDiagnosticsArray');
      expect(mine.readCount.totalCount > 5, `ReadCount ${mine.readCount.totalCount}`);
      expect(mine.currentSubscriptionsCount >= 1, `CurrentSubscriptionsCount ${mine.currentSubscriptionsCount}`);
      const subs = await value(s, 'i=2290');
      expect(subs.some((x) => x.subscriptionId === sub.subscriptionId), 'the subscription is not in SubscriptionDiagnosticsArray');
      await perform(s, new opcua.DeleteSubscriptionsRequest({ subscriptionIds: [sub.subscriptionId] }));
    });
  });
}

// ---------------------------------------------------------------- address space (Parts 3 and 5)

async function space() {
  await within({}, ADMIN, async (s) => {
    const refs = new Map(); // nodeId -> references in both directions
    const open = ['ns=0;i=84']; const seen = new Set(open);
    const all = async (batch) => {
      const rs = await s.browse(batch.map((nodeId) => ({ nodeId, referenceTypeId: 'References', includeSubtypes: true, browseDirection: 2, nodeClassMask: 0, resultMask: 63 })));
      for (let i = 0; i < rs.length; i++) {
        let list = rs[i].references || []; let cp = rs[i].continuationPoint;
        while (cp && cp.length) { const n = await s.browseNext(cp, false); list = list.concat(n.references || []); cp = n.continuationPoint; }
        refs.set(batch[i], list);
      }
    };
    while (open.length) {
      const batch = open.splice(0, 200);
      await all(batch);
      for (const k of batch) for (const r of refs.get(k)) { const t = r.nodeId.toString(); if (r.isForward && !seen.has(t)) { seen.add(t); open.push(t); } }
    }
    const nodes = [...seen];
    const ours = nodes.filter((n) => /^ns=[2-9]/.test(n));
    const attributes = new Map();
    const readAll = async (ids, attributeId) => {
      for (let i = 0; i < ids.length; i += 1000) {
        const part = ids.slice(i, i + 1000);
        const vs = await s.read(part.map((nodeId) => ({ nodeId, attributeId })));
        vs.forEach((v, j) => { if (!attributes.has(part[j])) attributes.set(part[j], {}); attributes.get(part[j])[attributeId] = v; });
      }
    };
    const att = (n, a) => { const v = (attributes.get(n) || {})[a]; return v && v.statusCode.isGood() && v.value ? v.value.value : undefined; };
    for (const a of [AttributeIds.NodeId, AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName, AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.ArrayDimensions, AttributeIds.AccessLevel, AttributeIds.UserAccessLevel, AttributeIds.Historizing, AttributeIds.EventNotifier, AttributeIds.IsAbstract, AttributeIds.Symmetric, AttributeIds.InverseName, AttributeIds.Executable, AttributeIds.UserExecutable, AttributeIds.Value, AttributeIds.WriteMask, AttributeIds.UserWriteMask, AttributeIds.DataTypeDefinition, AttributeIds.AccessLevelEx]) await readAll(nodes, a);
    const say = (list) => { expect(list.length === 0, `${list.length}: ${list.slice(0, 12).join(', ')}`); };
    const cls = (n) => att(n, AttributeIds.NodeClass);
    const MANDATORY = {
      [NodeClass.Object]: [AttributeIds.EventNotifier], [NodeClass.Variable]: [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.AccessLevel, AttributeIds.UserAccessLevel, AttributeIds.Historizing],
      [NodeClass.Method]: [AttributeIds.Executable, AttributeIds.UserExecutable], [NodeClass.ObjectType]: [AttributeIds.IsAbstract],
      [NodeClass.VariableType]: [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.IsAbstract], [NodeClass.ReferenceType]: [AttributeIds.IsAbstract, AttributeIds.Symmetric], [NodeClass.DataType]: [AttributeIds.IsAbstract],
    };
    await checks.run('every node has the attributes of its NodeClass', () => say(nodes.filter((n) => ![AttributeIds.NodeId, AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName].every((a) => att(n, a) !== undefined) || !(MANDATORY[cls(n)] || []).every((a) => att(n, a) !== undefined && att(n, a) !== null))));
    await checks.run('no node has attributes of another NodeClass', () => say(ours.filter((n) => (cls(n) !== NodeClass.Variable && att(n, AttributeIds.AccessLevel) !== undefined) || (cls(n) !== NodeClass.Method && att(n, AttributeIds.Executable) !== undefined) || (![NodeClass.Object, NodeClass.View].includes(cls(n)) && att(n, AttributeIds.EventNotifier) !== undefined) || (![NodeClass.Variable, NodeClass.VariableType].includes(cls(n)) && att(n, AttributeIds.ValueRank) !== undefined))));
    await checks.run('browse results agree with the attributes', () => { const bad = []; for (const [n, list] of refs) for (const r of list) { const t = r.nodeId.toString(); if (!attributes.has(t)) continue; if (r.nodeClass !== cls(t) || String(r.browseName) !== String(att(t, AttributeIds.BrowseName))) bad.push(`${n} -> ${t}`); } say(bad); });
    await checks.run('references lead to nodes and are answered from both ends in our namespaces', () => {
      const bad = [];
      const key = (a, type, b) => `${a}|${type}|${b}`; const forward = new Set(), inverse = new Set();
      for (const [n, list] of refs) for (const r of list) { const t = r.nodeId.toString(), ty = r.referenceTypeId.toString(); (r.isForward ? forward : inverse).add(r.isForward ? key(n, ty, t) : key(t, ty, n)); if (r.isForward && !seen.has(t)) bad.push(`${n} -> ${t} does not exist`); }
      const one = ['ns=0;i=40', 'ns=0;i=37', 'ns=0;i=39', 'ns=0;i=38']; // type definitions, modelling rules, encodings, descriptions need no inverse
      for (const k of forward) { const [a, ty, b] = k.split('|'); if (!one.includes(ty) && (/^ns=[2-9]/.test(a) || /^ns=[2-9]/.test(b)) && seen.has(b) && !inverse.has(k)) bad.push(`${a} -${ty}-> ${b} one-sided`); }
      for (const k of inverse) { const [a, ty, b] = k.split('|'); if ((/^ns=[2-9]/.test(a) || /^ns=[2-9]/.test(b)) && seen.has(a) && !forward.has(k)) bad.push(`${a} <-${ty}- ${b} one-sided`); }
      say(bad);
    });
    await checks.run('objects and variables have one type definition, nothing else has', () => say(nodes.filter((n) => { const t = refs.get(n).filter((r) => r.isForward && r.referenceTypeId.toString() === 'ns=0;i=40').length; return t !== ([NodeClass.Object, NodeClass.Variable].includes(cls(n)) ? 1 : 0); })));
    await checks.run('types have one supertype', () => say(nodes.filter((n) => [NodeClass.ObjectType, NodeClass.VariableType, NodeClass.DataType, NodeClass.ReferenceType].includes(cls(n))).filter((n) => { const up = refs.get(n).filter((r) => !r.isForward && r.referenceTypeId.toString() === 'ns=0;i=45').length; return up !== (['ns=0;i=58', 'ns=0;i=62', 'ns=0;i=24', 'ns=0;i=31'].includes(n) ? 0 : 1); })));
    await checks.run('siblings have different BrowseNames', () => {
      const hier = new Set(['33', '34', '35', '36', '44', '46', '47', '48', '49', '56'].map((i) => `ns=0;i=${i}`)); const bad = [];
      for (const n of ours) { const names = new Map(); for (const r of refs.get(n)) if (r.isForward && hier.has(r.referenceTypeId.toString())) { const b = String(r.browseName), t = r.nodeId.toString(); if (names.has(b) && names.get(b) !== t) bad.push(`${n}/${b}`); names.set(b, t); } }
      say(bad);
    });
    await checks.run('UserAccessLevel and UserExecutable never exceed AccessLevel and Executable', () => say(nodes.filter((n) => (cls(n) === NodeClass.Variable && (att(n, AttributeIds.UserAccessLevel) & ~att(n, AttributeIds.AccessLevel))) || (cls(n) === NodeClass.Method && att(n, AttributeIds.UserExecutable) && !att(n, AttributeIds.Executable)))));
    await checks.run('AccessLevelEx agrees with AccessLevel where it is', () => say(ours.filter((n) => cls(n) === NodeClass.Variable && att(n, AttributeIds.AccessLevelEx) !== undefined && (att(n, AttributeIds.AccessLevelEx) & 0xff) !== att(n, AttributeIds.AccessLevel))));
    await checks.run('Historizing has history readable', () => say(ours.filter((n) => att(n, AttributeIds.Historizing) === true && !(att(n, AttributeIds.AccessLevel) & 4))));
    await checks.run('values match DataType, ValueRank and ArrayDimensions', () => {
      const bad = [];
      const parents = (t) => { const chain = []; let x = t; for (let i = 0; x && i < 20; i++) { chain.push(x); const up = (refs.get(x) || []).find((r) => !r.isForward && r.referenceTypeId.toString() === 'ns=0;i=45'); x = up && up.nodeId.toString(); } return chain; };
      for (const n of nodes) {
        if (cls(n) !== NodeClass.Variable) continue;
        const v = attributes.get(n)[AttributeIds.Value]; if (!v || !v.statusCode.isGood()) continue;
        const rank = att(n, AttributeIds.ValueRank), dims = att(n, AttributeIds.ArrayDimensions), type = String(att(n, AttributeIds.DataType));
        if (!v.value || v.value.dataType === DataType.Null || v.value.value === null) { if (v.value && v.value.arrayType) continue; if (!v.value || v.value.dataType === DataType.Null) bad.push(`${n} null and Good`); continue; }
        const chain = parents(type);
        const builtIn = v.value.dataType === DataType.ExtensionObject ? 22 : v.value.dataType;
        const ok = chain.includes(`ns=0;i=${builtIn}`) || (builtIn === 6 && chain.includes('ns=0;i=29')) || (builtIn >= 2 && builtIn <= 11 && type === 'ns=0;i=26') || type === 'ns=0;i=24';
        if (!ok) bad.push(`${n} ${DataType[v.value.dataType]} for ${type}`);
        const isArray = v.value.arrayType === 1, isMatrix = v.value.arrayType === 2;
        const fits = rank === -2 || (rank === -1 && !isArray && !isMatrix) || (rank === -3 && !isMatrix) || (rank === 0 && (isArray || isMatrix)) || (rank === 1 && isArray) || (rank > 1 && isMatrix);
        if (!fits) bad.push(`${n} arrayType ${v.value.arrayType} for ValueRank ${rank}`);
        if (dims && dims.length && rank > 0 && dims.length !== rank) bad.push(`${n} ArrayDimensions ${dims} for ValueRank ${rank}`);
        if (isArray && dims && dims.length === 1 && dims[0] > 0 && v.value.value.length > dims[0]) bad.push(`${n} ${v.value.value.length} elements for ${dims}`);
      }
      say(bad);
    });
    await checks.run('enumerations of ours have EnumStrings or EnumValues and structures a definition', () => {
      const bad = [];
      const up = (n) => { const c = []; let x = n; for (let i = 0; x && i < 20; i++) { c.push(x); const u = (refs.get(x) || []).find((r) => !r.isForward && r.referenceTypeId.toString() === 'ns=0;i=45'); x = u && u.nodeId.toString(); } return c; };
      for (const n of ours) if (cls(n) === NodeClass.DataType) {
        const chain = up(n); const isEnum = chain.includes('ns=0;i=29'), isStruct = chain.includes('ns=0;i=22');
        const props = refs.get(n).filter((r) => r.isForward).map((r) => r.browseName.name);
        if (isEnum && !props.includes('EnumStrings') && !props.includes('EnumValues')) bad.push(`${n} without EnumStrings`);
        if ((isEnum || isStruct) && !att(n, AttributeIds.IsAbstract) && !att(n, AttributeIds.DataTypeDefinition)) bad.push(`${n} without DataTypeDefinition`);
      }
      say(bad);
    });
    await checks.run('methods of ours describe their arguments', () => {
      const bad = [];
      for (const n of ours) if (cls(n) === NodeClass.Method) for (const r of refs.get(n)) if (r.isForward && /^(In|Out)putArguments$/.test(r.browseName.name)) {
        const t = r.nodeId.toString(); const v = att(t, AttributeIds.Value);
        if (r.browseName.namespaceIndex !== 0 || !Array.isArray(v)) { bad.push(t); continue; }
        for (const a of v) if (!a.name || !a.dataType || a.valueRank === undefined) bad.push(`${t} ${a.name}`);
        const dims = att(t, AttributeIds.ArrayDimensions); if (dims && dims.length && dims[0] !== 0 && dims[0] !== v.length) bad.push(`${t} ArrayDimensions ${dims}`);
      }
      say(bad);
    });
    await checks.run('EventNotifier is set only where events come from', () => { const on = nodes.filter((n) => att(n, AttributeIds.EventNotifier) > 0); const bad = on.filter((n) => att(n, AttributeIds.EventNotifier) & ~0x0d); say(bad); return on.join(' '); });
    await checks.run('instances have their mandatory members', () => {
      const bad = []; const child = (n) => refs.get(n).filter((r) => r.isForward && ['ns=0;i=46', 'ns=0;i=47', 'ns=0;i=49', 'ns=0;i=35', 'ns=0;i=56'].includes(r.referenceTypeId.toString()));
      const chain = (t) => { const c = []; let x = t; for (let i = 0; x && i < 20; i++) { c.push(x); const u = (refs.get(x) || []).find((r) => !r.isForward && r.referenceTypeId.toString() === 'ns=0;i=45'); x = u && u.nodeId.toString(); } return c; };
      for (const n of ours) if ([NodeClass.Object, NodeClass.Variable].includes(cls(n))) {
        const def = refs.get(n).find((r) => r.isForward && r.referenceTypeId.toString() === 'ns=0;i=40'); if (!def) continue;
        const have = new Set(child(n).map((r) => String(r.browseName)));
        for (const t of chain(def.nodeId.toString())) for (const m of child(t)) { const rules = (refs.get(m.nodeId.toString()) || []).filter((r) => r.isForward && r.referenceTypeId.toString() === 'ns=0;i=37').map((r) => r.nodeId.toString()); if (rules.includes('ns=0;i=78') && !have.has(String(m.browseName))) bad.push(`${n}/${m.browseName}`); }
      }
      say(bad);
    });
    return `${nodes.length} nodes`;
  });
}

// ---------------------------------------------------------------- events (Part 5, 6.4; Part 4, 7.22)

async function events() {
  const filter = (fields, where) => new opcua.EventFilter({ selectClauses: fields.map((f) => ({ typeDefinitionId: 'i=2041', browsePath: f ? f.split('/').map((name) => ({ name })) : [], attributeId: f ? 13 : 1 })), whereClause: where });
  const listen = async (s, fields, where) => {
    const sub = await s.createSubscription2({ requestedPublishingInterval: 100, requestedLifetimeCount: 600, requestedMaxKeepAliveCount: 50, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1 });
    const got = [];
    const item = await sub.monitor({ nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier }, { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter: filter(fields, where) }, opcua.TimestampsToReturn.Both);
    item.on('changed', (values) => got.push(Object.fromEntries(fields.map((f, i) => [f, values[i].value]))));
    return { sub, got };
  };
  const fields = ['EventId', 'EventType', 'SourceNode', 'SourceName', 'Time', 'ReceiveTime', 'Message', 'Severity', 'ActionTimeStamp', 'Status', 'ServerId', 'ClientAuditEntryId', 'ClientUserId', 'SecureChannelId', 'ClientCertificate', 'ClientCertificateThumbprint', 'RequestType', 'SecurityPolicyUri', 'SecurityMode', 'RequestedLifetime', 'CertificateErrorEventId', 'Certificate', 'SessionId', 'InvalidUri', 'StatusCodeId'];
  await within(secured('Basic256Sha256'), ADMIN, async (s) => {
    const { sub, got } = await listen(s, fields);
    const of = (id) => got.filter((e) => e.EventType && e.EventType.toString() === `ns=0;i=${id}`);
    await checks.run('a channel, a session and a logon raise audit events with their fields', async () => {
      await within(secured('Basic256Sha256'), OPERATOR, (o) => value(o, 'i=2258'));
      const opened = await eventually('AuditOpenSecureChannel', () => of(2060).find((e) => e.Status === true && /Basic256Sha256/.test(e.SecurityPolicyUri)));
      expect(opened.SourceName === 'SecureChannel/OpenSecureChannel' && opened.SecureChannelId && opened.ClientCertificate.length > 500 && /^[0-9A-F]{40}$/.test(opened.ClientCertificateThumbprint) && opened.RequestType === 0 && opened.SecurityMode === 3 && opened.RequestedLifetime > 0, JSON.stringify(opened).slice(0, 300));
      await eventually('AuditCreateSession', () => of(2071).find((e) => e.Status === true && e.SessionId));
      await eventually('AuditActivateSession', () => of(2075).find((e) => e.Status === true && e.ClientUserId === 'operator'));
      const ids = got.map((e) => e.EventId.toString('hex')); expect(new Set(ids).size === ids.length, 'EventIds repeat');
      for (const e of got) expect(e.Severity >= 1 && e.Severity <= 1000 && e.Time instanceof Date && e.Message.text.length > 0, 'base fields');
    });
    const refusals = [['expired', { startDate: new Date(Date.now() - 20 * 86400e3), validity: 5 }, 2085, true], ['nobody trusts', {}, 2087, false]];
    for (const [what, options, type, isTrusted] of refusals) await checks.run(`a certificate ${what} raises its audit event and the channel's points at it`, async () => {
      const name = `event-${what.replace(/ /g, '-')}`; const made = await certificate(name, options); if (isTrusted) trust(made.der, name);
      let event;
      await eventually('the event', async () => { await status(() => within({ ...secured('Basic256Sha256'), clientCertificateManager: made.clientCertificateManager, certificateFile: made.certificateFile, privateKeyFile: made.privateKeyFile }, ANONYMOUS, () => 0)); await new Promise((r) => setTimeout(r, 300)); event = of(type).find((e) => e.Certificate && e.Certificate.equals(made.der)); return event; });
      expect(event.SourceName === 'Security/Certificate' && event.Status === false, event.SourceName);
      expect(of(2060).some((e) => e.Status === false && e.CertificateErrorEventId && e.CertificateErrorEventId.equals(event.EventId)), 'no channel event points at it');
      return event.Message.text.slice(0, 80);
    });
    await sub.terminate();
  });
  await checks.run('an observer gets no audit events', () => within({}, ANONYMOUS, async (s) => {
    const { sub, got } = await listen(s, ['EventType', 'SourceName']);
    await within({}, OPERATOR, (o) => value(o, 'i=2258')); await new Promise((r) => setTimeout(r, 800));
    await sub.terminate(); expect(got.length === 0, got.map((e) => e.SourceName).join());
  }));
  await checks.run('an item without filter, with a data filter or on a node without events is refused', () => within({}, ADMIN, async (s) => {
    const made = await perform(s, new opcua.CreateSubscriptionRequest({ requestedPublishingInterval: 500, requestedLifetimeCount: 60, requestedMaxKeepAliveCount: 10, publishingEnabled: true }));
    const create = async (nodeId, f) => (await perform(s, new opcua.CreateMonitoredItemsRequest({ subscriptionId: made.subscriptionId, timestampsToReturn: 3, itemsToCreate: [{ itemToMonitor: { nodeId, attributeId: 12 }, monitoringMode: 2, requestedParameters: { clientHandle: 1, samplingInterval: 0, queueSize: 1, filter: f } }] }))).results[0].statusCode.name;
    const seen = [await create('i=2253', null), await create('i=2253', new opcua.DataChangeFilter({ trigger: 1 })), await create('ns=2;s=pump-01/Flow', filter(['EventId'])), await create('ns=2;s=pump-01/MethodSet', filter(['EventId']))];
    expect(seen.every((x) => x.startsWith('Bad')), seen.join());
    const twin = await create('ns=2;s=pump-01', filter(['EventId'])); expect(twin === 'Good', `a twin that raises events answers ${twin}`); return seen.join();
  }));
}

(async () => {
  const only = args.only ? args.only.split(',') : ['security', 'capabilities', 'space', 'events', 'sessions'];
  own = await pki.make(args.work, 'conform', pki.APPLICATION_URI);
  trust(own.der, 'conform');
  await eventually('the certificate is trusted', async () => (await status(() => within(secured('Basic256Sha256'), ANONYMOUS, () => 0))) === 'Good', 30000);
  const groups = { sessions, security, capabilities, space, events };
  for (const name of only) { try { await groups[name](); } catch (error) { checks.record(`${name}: the group itself`, false, String(error.stack || error).split('\n').slice(0, 3).join(' '), 0); } }
  const failed = checks.results.filter((result) => !result.passed).length;
  fs.writeFileSync(args.json, JSON.stringify({ results: checks.results, failed }, null, 1));
  console.log(`${checks.results.length} checks, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(2); });
