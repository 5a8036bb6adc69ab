package org.uatwin.simulation.twin;

/**
 * A way in which an asset fails, and how it is brought into a run: by setting one input or parameter.
 *
 * @param name PascalCase, as messages and predictions name it.
 * @param knob input or parameter that stands for it.
 * @param value of the knob when it is there in full.
 * @param signature what is seen in the readings.
 */
public record FailureMode(String name, String knob, double value, String signature) {}
