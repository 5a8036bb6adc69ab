/**
 * What is behind an unknown Modbus device: looks at its registers and says how they are meant.
 *
 * <p>{@link org.uatwin.plcadapters.probe.Survey} asks the device, through {@link org.uatwin.plcadapters.probe.Reads} and
 * never by a write: which unit ids answer, which offsets exist, how much it takes in one request, how long it takes.
 * What it read several times over is a {@link org.uatwin.plcadapters.probe.RegisterSeries}, and
 * {@link org.uatwin.plcadapters.probe.Explainer}, a pure function, finds the types and the byte order that explain it
 * best: those under which the registers could be described in the fewest bits
 * ({@link org.uatwin.plcadapters.probe.Bits}). {@link org.uatwin.plcadapters.probe.DraftPlant} writes a plant file from
 * it.
 *
 * <p>No threads, no clock of its own. Sockets and frames belong to {@code modbus}, values of bound points to
 * {@code codec}.
 */
@NullMarked
package org.uatwin.plcadapters.probe;

import org.jspecify.annotations.NullMarked;
