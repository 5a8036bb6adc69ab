package org.uatwin.simulation.vibration;

/**
 * A waveform of a bearing and what was true then.
 *
 * @param name for people: the file.
 * @param rpm of the shaft.
 */
public record BearingRecord(String name, Waveform waveform, double rpm) {}
