/**
 * What links with one thread and a bounded line of writes share, whatever they speak.
 *
 * <p>{@link org.uatwin.plcadapters.loop.LoopLink} is the {@code Link}: it owns the thread and the line of writes, and calls a
 * {@link org.uatwin.plcadapters.loop.LoopWork}, which speaks the protocol. {@link org.uatwin.plcadapters.loop.PointBoard} is what such a
 * work knows about its points: it turns values and situations into samples, ages them when nothing arrives, and
 * remembers the last error of each. {@link org.uatwin.plcadapters.loop.Outage} says when to try again after a loss. Everything runs on the link's thread unless a method says otherwise; no protocol is
 * known here. Modbus has its own loop, because polls, writes and demoted devices compete for one wire there.
 */
@NullMarked
package org.uatwin.plcadapters.loop;

import org.jspecify.annotations.NullMarked;
