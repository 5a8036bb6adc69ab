/**
 * Payloads of messages: bytes that a device sent, to values, times and qualities.
 *
 * <p>A {@link org.uatwin.plcadapters.payload.PayloadPlan} holds the {@link org.uatwin.plcadapters.payload.Field}s that
 * are wanted of one kind of message and reads them all in one pass. What comes out is a
 * {@link org.uatwin.plcadapters.payload.RawValue}, still without a type; a
 * {@link org.uatwin.plcadapters.payload.ValueConverter} makes the point's value of it, or says that it cannot. Pure
 * functions, no threads; how messages travel belongs to {@code mqtt}, registers belong to {@code codec}.
 */
@NullMarked
package org.uatwin.plcadapters.payload;

import org.jspecify.annotations.NullMarked;
