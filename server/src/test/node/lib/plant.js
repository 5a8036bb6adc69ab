'use strict';
// What the checks do in one session with the demo plant.
const {
  AttributeIds, ClientMonitoredItem, ClientSubscription, DataType, TimestampsToReturn, VariantArrayType, makeBrowsePath,
} = require('node-opcua');
const { expect, eventually } = require('./checks');

const ANSWER_BLOCK = ['Lower', 'Upper', 'ConfidenceLevel', 'Unit', 'DataAgeSeconds', 'FitScore', 'Extrapolated', 'ModelVersion', 'Reason'];
const SITE = 'urn:uatwin:site:demo';
const TYPES = 'urn:uatwin:types';

class Plant {
  constructor(session) { this.session = session; }

  async open() {
    const table = (await this.session.read({ nodeId: 'i=2255', attributeId: AttributeIds.Value })).value.value;
    this.site = table.indexOf(SITE);
    this.types = table.indexOf(TYPES);
    expect(this.site === 2 && this.types === 3, `namespaces: ${table.join(' ')}`);
    return this;
  }

  id(path) { return `ns=${this.site};s=${path}`; }

  async value(path) { return this.session.read({ nodeId: this.id(path), attributeId: AttributeIds.Value }); }

  async good(path) {
    const value = await this.value(path);
    expect(value.statusCode.isGood(), `${path} is ${value.statusCode.name}`);
    return value;
  }

  /** From Objects down to the pump by browsing, and from the pump down to its flow by names. */
  async browse() {
    const found = new Map();
    const open = ['i=85'];
    for (let depth = 0; depth < 8 && open.length; depth++) {
      const results = await this.session.browse(open.splice(0).map((nodeId) => ({
        nodeId, referenceTypeId: 'HierarchicalReferences', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63,
      })));
      for (const reference of results.flatMap((r) => r.references || [])) {
        const key = reference.nodeId.toString();
        if (!found.has(key) && reference.nodeId.namespace >= 2) { found.set(key, reference); open.push(key); }
      }
    }
    for (const member of ['pump-01', 'pump-01/Flow', 'pump-01/Flow/EURange', 'conveyor-01/RecipeName']) {
      expect(found.has(this.id(member)), `browsing from Objects does not reach ${member}`);
    }
    const ns = this.site;
    const translated = await this.session.translateBrowsePath(makeBrowsePath(this.id('pump-01'), `/${this.types}:Flow`));
    expect(translated.targets && translated.targets.length === 1 && translated.targets[0].targetId.toString() === `ns=${ns};s=pump-01/Flow`,
      `translating Flow: ${translated.statusCode.name}`);
    return `${found.size} nodes`;
  }

  async read() {
    const flow = await this.good('pump-01/Flow');
    expect(Number.isFinite(flow.value.value) && flow.value.value > 0, `flow is ${flow.value.value}`);
    expect(Date.now() - flow.sourceTimestamp.getTime() < 10000, `flow is of ${flow.sourceTimestamp}`);
    const range = (await this.good('pump-01/Flow/EURange')).value.value;
    expect(range.low === 0 && range.high === 250, `EURange ${range.low}..${range.high}`);
    const unit = (await this.good('pump-01/Flow/EngineeringUnits')).value.value;
    expect(unit.unitId === 5067080, `unit ${unit.unitId}`); // MQH
    const text = (await this.good('conveyor-01/ProductName')).value;
    expect(text.dataType === DataType.String, 'ProductName is no String');
    return `flow ${flow.value.value.toFixed(1)} m3/h`;
  }

  async subscribe() {
    const subscription = ClientSubscription.create(this.session, {
      requestedPublishingInterval: 200, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10,
      maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0,
    });
    try {
      const seen = { 'pump-01/Flow': [], 'pump-01/DischargePressure': [], 'conveyor-01/BeltSpeed': [] };
      for (const path of Object.keys(seen)) {
        const item = ClientMonitoredItem.create(subscription, { nodeId: this.id(path), attributeId: AttributeIds.Value },
          { samplingInterval: 0, queueSize: 100, discardOldest: true }, TimestampsToReturn.Both);
        item.on('changed', (value) => seen[path].push(value));
        item.on('err', (message) => seen[path].push({ error: message }));
      }
      await eventually('three values of each item', () => Object.values(seen).every((values) => values.length >= 3), 30000);
      for (const [path, values] of Object.entries(seen)) {
        for (const value of values) expect(!value.error && value.statusCode.isGood(), `${path}: ${value.error || value.statusCode.name}`);
        const times = values.map((value) => value.sourceTimestamp.getTime());
        expect(times.every((time, i) => i === 0 || time >= times[i - 1]), `${path}: times run backwards`);
      }
      return Object.entries(seen).map(([path, values]) => `${path} ${values.length}`).join(', ');
    } finally {
      await subscription.terminate();
    }
  }

  async write(path, dataType, value) {
    const isArray = Array.isArray(value);
    return this.session.write({ nodeId: this.id(path), attributeId: AttributeIds.Value,
      value: { value: { dataType, arrayType: isArray ? VariantArrayType.Array : VariantArrayType.Scalar, value } } });
  }

  /** A setpoint goes to the virtual PLC, comes back with the next poll, and the shaft follows. */
  async setpoint(rpm) {
    const setpointType = (await this.good('pump-01/SpeedSetpoint')).value.dataType;
    const status = await this.write('pump-01/SpeedSetpoint', setpointType, rpm);
    expect(status.isGood(), `write answered ${status.name}`);
    await eventually('setpoint read back', async () => (await this.good('pump-01/SpeedSetpoint')).value.value === rpm);
    await eventually(`speed near ${rpm} r/min`, async () => Math.abs((await this.good('pump-01/Speed')).value.value - rpm) < 0.03 * rpm, 45000);
    const speeds = (await this.good('conveyor-01/ZoneSpeedSetpoints')).value;
    const changed = Array.from(speeds.value, (v, i) => Math.fround(0.5 + 0.1 * i + rpm / 100000));
    const arrayStatus = await this.write('conveyor-01/ZoneSpeedSetpoints', speeds.dataType, changed);
    expect(arrayStatus.isGood(), `array write answered ${arrayStatus.name}`);
    await eventually('array read back', async () =>
      Array.from((await this.good('conveyor-01/ZoneSpeedSetpoints')).value.value).every((v, i) => Math.fround(v) === changed[i]));
    return `${rpm} r/min`;
  }

  /** Calls WhatIf and checks the answer block (contracts section 4). */
  async whatIf(rpm) {
    const result = await this.session.call({
      objectId: this.id('pump-01'), methodId: this.id('pump-01/MethodSet/WhatIf'),
      inputArguments: [
        { dataType: DataType.String, value: 'SpeedSetpoint' }, { dataType: DataType.Double, value: rpm },
        { dataType: DataType.String, value: 'Flow' }, { dataType: DataType.Double, value: 60 },
      ],
    });
    expect(result.statusCode.isGood(), `WhatIf answered ${result.statusCode.name}`);
    const outputs = await this.session.read({ nodeId: this.id('pump-01/MethodSet/WhatIf/OutputArguments'), attributeId: AttributeIds.Value });
    const names = outputs.value.value.map((argument) => argument.name);
    expect(names.slice(0, 2).join() === 'Success,Message', `outputs begin ${names.slice(0, 2)}`);
    expect(names.slice(-ANSWER_BLOCK.length).join() === ANSWER_BLOCK.join(), `outputs end ${names.slice(-ANSWER_BLOCK.length)}`);
    const answer = Object.fromEntries(names.map((name, i) => [name, result.outputArguments[i].value]));
    expect(answer.Success === true, `no success: ${answer.Message && answer.Message.text}`);
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === 'number') expect(Number.isFinite(value), `${name} is ${value}`);
    }
    expect(answer.ConfidenceLevel >= 0 && answer.ConfidenceLevel <= 1, `ConfidenceLevel ${answer.ConfidenceLevel}`);
    expect(answer.Lower <= answer.Predicted && answer.Predicted <= answer.Upper, `${answer.Lower} ${answer.Predicted} ${answer.Upper}`);
    expect(answer.Unit === 'm3/h', `Unit ${answer.Unit}`);
    expect(answer.DataAgeSeconds >= 0 && answer.DataAgeSeconds < 30, `DataAgeSeconds ${answer.DataAgeSeconds}`);
    expect(answer.FitScore === -1 || (answer.FitScore >= 0 && answer.FitScore <= 1), `FitScore ${answer.FitScore}`);
    expect(answer.ModelVersion.length > 0 && answer.Reason.text.length > 0, 'ModelVersion or Reason is empty');
    expect(Math.abs(answer.Predicted - answer.Baseline - answer.Delta) < 1e-9, 'Delta is not Predicted - Baseline');
    return answer;
  }

  async history() {
    const end = new Date(), start = new Date(end.getTime() - 60000);
    const result = await this.session.readHistoryValue(this.id('pump-01/Flow'), start, end, { numValuesPerNode: 1000, returnBounds: false, isReadModified: false, timestampsToReturn: TimestampsToReturn.Both });
    expect(result.statusCode.isGood(), `HistoryRead answered ${result.statusCode.name}`);
    const values = result.historyData.dataValues;
    expect(values.length >= 5, `${values.length} values in history`);
    const times = values.map((value) => value.sourceTimestamp.getTime());
    expect(times.every((time, i) => i === 0 || time > times[i - 1]), 'history does not ascend');
    return `${values.length} values`;
  }
}

module.exports = { Plant };
