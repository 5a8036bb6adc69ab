package org.uatwin.simulation.contract;

/**
 * Something that happens when the event function of the same index falls through zero.
 *
 * @param name unique within the model.
 * @param meaning one phrase with the limit.
 */
public record EventSpec(String name, String meaning) {}
