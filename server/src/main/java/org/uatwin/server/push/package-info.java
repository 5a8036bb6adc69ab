/**
 * Timing of pushed values: the wheel that delivers the trailing edge of a sampling interval.
 *
 * <p>{@link org.uatwin.server.push.TimerWheel} owns one thread; its tasks are short and hand over to the shard of the
 * value they concern. What is pushed to whom belongs to {@code address}.
 */
@NullMarked
package org.uatwin.server.push;

import org.jspecify.annotations.NullMarked;
