/**
 * Siemens S7 over ISO-on-TCP (RFC 1006), the wire spoken by Apache PLC4X.
 *
 * <p>{@link org.uatwin.plcadapters.s7.S7Protocol} says what the plant file may say. {@code S7Loop} runs on the link's thread, {@code s7-<connection>}:
 * it polls the blocks that {@code S7Planner}, a pure function, made of the points, decodes them with {@code S7Codec} and writes with
 * read-back. PLC4X moves bytes only, behind the port {@code S7Wire}: data types, planning, timeouts and reconnects are ours, because its
 * own can wait for ever and leave threads behind.
 */
@NullMarked
package org.uatwin.plcadapters.s7;

import org.jspecify.annotations.NullMarked;
