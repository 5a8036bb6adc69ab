'use strict';
// What the checks do with runs of the demo's pump: start, watch, halt, fetch, and ask by structures the server describes itself.
const {
  AttributeIds, ClientMonitoredItem, ClientSubscription, DataType, TimestampsToReturn, VariantArrayType, constructEventFilter,
} = require('node-opcua');
const { expect, eventually } = require('./checks');

const PUMP = 'pump-01';
const LONG = 'uatwin: 1\nhorizon: 400 h\nstep: 1 s\nreplicates: 2\n';
// All readings are given, so that two runs begin alike however the plant moves.
const SAME = 'uatwin: 1\nhorizon: 120 s\nreplicates: 3\nseed: 21\n'
  + 'start: {SpeedSetpoint: 2900, Speed: 2900, Flow: 110, SuctionPressure: 1, DischargePressure: 5.5, MotorCurrent: 40, MotorPower: 22,'
  + ' BearingTemperature: 60, OilTemperature: 50, VibrationVelocityRms: 1.5, ValvePosition: 80, FluidTemperature: 20, Running: 1, State: 2}\n'
  + 'actions: [{set: ValvePosition, to: 50, at: 30 s, over: 10 s}]\n';

const text = (value) => ({ dataType: DataType.String, value });
const number = (value) => ({ dataType: DataType.Double, value });
const texts = (value) => ({ dataType: DataType.String, arrayType: VariantArrayType.Array, value });
const numbers = (value) => ({ dataType: DataType.Double, arrayType: VariantArrayType.Array, value });
const structure = (value) => ({ dataType: DataType.ExtensionObject, value });

class Runs {
  constructor(plant) { this.plant = plant; this.session = plant.session; }

  node(id, member) { return this.plant.id(`${PUMP}/Runs/${id}${member ? `/${member}` : ''}`); }

  async call(method, inputArguments) {
    return this.session.call({ objectId: this.plant.id(PUMP), methodId: this.plant.id(`${PUMP}/MethodSet/${method}`), inputArguments });
  }

  async good(method, inputArguments) {
    const result = await this.call(method, inputArguments);
    expect(result.statusCode.isGood(), `${method} answered ${result.statusCode.name}`);
    return result.outputArguments.map((argument) => argument.value);
  }

  async start(scenario) {
    const answer = await this.good('Simulate', [text(scenario), number(0), number(0), texts([]), numbers([])]);
    expect(answer[0] === true, `not started: ${answer[1].text}`);
    return answer[2];
  }

  async value(id, member) {
    const value = await this.session.read({ nodeId: this.node(id, member), attributeId: AttributeIds.Value });
    expect(value.statusCode.isGood(), `${member} is ${value.statusCode.name}`);
    return value.value.value;
  }

  async ended(id) {
    await eventually('the end of the run', async () => (await this.value(id, 'RunState')) >= 2, 40000);
    return this.value(id, 'RunState');
  }

  /** Starts a run, watches it by subscription and halts it; both progress and states are pushed. */
  async watchAndHalt() {
    const subscription = ClientSubscription.create(this.session, {
      requestedPublishingInterval: 100, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10,
      maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0,
    });
    try {
      const transitions = [];
      const filter = constructEventFilter(['Message', 'ToState', 'Transition']);
      const events = ClientMonitoredItem.create(subscription, { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
        { samplingInterval: 0, queueSize: 100, discardOldest: true, filter }, TimestampsToReturn.Both);
      events.on('changed', (fields) => { if (fields[1].value) transitions.push(fields[1].value.text); });
      await new Promise((resolve, reject) => { events.on('initialized', resolve); events.on('err', (e) => reject(new Error(e))); });
      const id = await this.start(LONG);
      const progress = [], states = [];
      const watch = (member, into) => ClientMonitoredItem.create(subscription, { nodeId: this.node(id, member), attributeId: AttributeIds.Value },
        { samplingInterval: 0, queueSize: 1000, discardOldest: true }, TimestampsToReturn.Both).on('changed', (value) => into.push(value.value.value));
      watch('Progress', progress);
      watch('CurrentState', states);
      await eventually('progress', async () => progress.length > 4 && progress[progress.length - 1] > progress[0], 30000);
      expect(progress.every((p, i) => i === 0 || p >= progress[i - 1]), `progress falls: ${progress}`);
      const halted = await this.session.call({ objectId: this.node(id), methodId: this.node(id, 'Halt'), inputArguments: [] });
      expect(halted.statusCode.isGood(), `Halt answered ${halted.statusCode.name}`);
      await eventually('the state Halted', async () => states[states.length - 1].text === 'Halted');
      const status = await this.good('GetRunStatus', [text(id)]);
      expect(status[2] === 3, `State ${status[2]}`);
      await eventually('the events', async () => transitions.includes('Halted'));
      expect(['Ready', 'Running', 'Halted'].every((state, i) => transitions[i] === state), `events ${transitions}`);
      const other = await this.session.call({ objectId: this.node(id), methodId: this.node(id, 'Start'), inputArguments: [] });
      expect(other.statusCode.name === 'BadNotExecutable', `Start answered ${other.statusCode.name}`);
      return `${progress.length} values of progress, states ${states.map((state) => state.text).join(' ')}`;
    } finally {
      await subscription.terminate();
    }
  }

  /** Two runs of one seed from one state: the same bits in every series and key figure. */
  async sameSeedSameBits() {
    const fetched = [];
    for (let i = 0; i < 2; i++) {
      const id = await this.start(SAME);
      const state = await this.ended(id);
      expect(state === 2, `the run ended in state ${state}: ${(await this.value(id, 'Message')).text}`);
      const result = await this.good('GetRunResult', [text(id)]);
      const series = [];
      for (const name of ['Flow', 'DischargePressure', 'Flow.P05', 'Flow.P95']) {
        const answer = await this.good('GetRunSeries', [text(id), text(name), { dataType: DataType.UInt32, value: 0 }]);
        expect(answer[0] === true && answer[2].length === answer[3].length && answer[3].length > 50, `${name}: ${answer[3].length} points`);
        series.push(Buffer.from(Float64Array.from(answer[3]).buffer).toString('hex'));
      }
      const bits = (array) => Buffer.from(Float64Array.from(array).buffer).toString('hex');
      fetched.push(JSON.stringify([series, result.slice(4, 8).map(bits)]));
    }
    expect(fetched[0] === fetched[1], 'two runs of one seed differ');
    return `${fetched[0].length / 2} bytes alike`;
  }

  /** Every argument has its own status. */
  async wrongArguments() {
    const simulate = await this.call('Simulate',
      [text('no-such-scenario'), number(-1), number(1e6), texts(['NoSuchParameter', 'ValvePosition']), numbers([1, 1e9])]);
    const names = (result) => (result.inputArgumentResults || []).map((status) => status.name);
    expect(simulate.statusCode.name === 'BadInvalidArgument', `Simulate answered ${simulate.statusCode.name}`);
    expect(names(simulate).join() === 'BadNoMatch,BadOutOfRange,BadOutOfRange,BadNoMatch,BadOutOfRange', names(simulate).join());
    const whatIf = await this.call('WhatIf', [text('SpeedSetpoint'), number(2500), text('Flaw'), number(10)]);
    expect(names(whatIf).join() === 'Good,Good,BadNoMatch,Good', names(whatIf).join());
    const typed = await this.call('WhatIf', [text('SpeedSetpoint'), text('fast'), text('Flow'), number(10)]);
    expect(names(typed).join() === 'Good,BadTypeMismatch,Good,Good', names(typed).join());
    const unknown = await this.call('GetRunStatus', [text('00000000-0000-4000-8000-000000000000')]);
    expect(names(unknown).join() === 'BadNoMatch', names(unknown).join());
    return names(simulate).join(' ');
  }

  /** Builds a structure from nothing but what the server says about its type. */
  async build(type, fields) {
    const dataTypes = await this.session.browse({ nodeId: 'i=22', referenceTypeId: 'HasSubtype', includeSubtypes: false, browseDirection: 0, nodeClassMask: 0, resultMask: 63 });
    const found = dataTypes.references.find((r) => r.browseName.name === type && r.nodeId.namespace === this.plant.types);
    expect(found, `no data type ${type}`);
    return this.session.constructExtensionObject(found.nodeId, fields);
  }

  async structures() {
    const request = await this.build('SimulationRequestDataType', {
      scenarioName: SAME, horizonSeconds: 60, stepSeconds: 0, parameterNames: ['SpeedSetpoint'], parameterValues: [2800], replicates: 2, randomSeed: [0, 99],
    });
    const [started] = await this.good('SimulateDetailed', [structure(request)]);
    expect(started.success === true && started.runId.length === 36, `started: ${started}`);
    expect(await this.ended(started.runId) === 2, 'the run did not complete');
    const [status] = await this.good('GetRunStatusDetailed', [text(started.runId)]);
    expect(status.requester === 'operator' && status.randomSeed[1] === 99 && status.state === 2, `status ${status}`);
    const wanted = await this.build('RunResultRequestDataType', { runId: started.runId, outputNames: ['Flow', 'Speed'], maxPoints: 25 });
    const [result] = await this.good('GetRunResultDetailed', [structure(wanted)]);
    expect(result.kpiNames.length > 10 && result.kpiValues.length === result.kpiNames.length, `${result.kpiNames.length} key figures`);
    expect(result.timesSeconds.length === 25 && result.timesSeconds[24] === 60, `times ${result.timesSeconds}`);
    const matrix = result.trajectories;
    const values = Array.from(matrix.value);
    expect(matrix.dimensions.join() === '25,2' && values.length === 50 && values.every(Number.isFinite), `trajectories ${JSON.stringify(matrix)}`);
    expect(values[1] > 1000 && values[0] < 300, `columns are mixed up: ${values.slice(0, 4)}`);
    const flat = await this.good('GetRunResult', [text(started.runId)]);
    expect(Array.from(flat[4]).every((value, i) => value === result.kpiValues[i]), 'flat and structured answers differ');
    const bad = await this.call('WhatIfDetailed',
      [structure(await this.build('WhatIfRequestDataType', { parameterName: 'SpeedSetpoint', newValue: 1e9, outputName: 'Flow', horizonSeconds: 10 }))]);
    expect(bad.statusCode.name === 'BadInvalidArgument' && bad.inputArgumentResults[0].name === 'BadOutOfRange', `WhatIfDetailed answered ${bad.statusCode.name}`);
    return `${result.kpiNames.length} key figures, ${values.length} values of trajectories`;
  }
}

module.exports = { Runs };
