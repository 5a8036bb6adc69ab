package org.uatwin.simulation.scenario;

/**
 * Arguments of the method WhatIf, in its order.
 *
 * @param parameterName an input of the model (a point such as SpeedSetpoint) or a tunable parameter.
 * @param newValue in the unit of the parameter.
 * @param outputName an output of the model: a point or a key figure.
 * @param horizonSeconds how far ahead; 0 = the model's default.
 */
public record WhatIfRequest(String parameterName, double newValue, String outputName, double horizonSeconds) {}
