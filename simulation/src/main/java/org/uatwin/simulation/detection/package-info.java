/**
 * Tells what is unusual from what was learned of the usual (ISO 13374-1: state detection), and which points say so.
 *
 * <p>{@link org.uatwin.simulation.detection.TwinDetector} is the door for a live twin: as its follower's watcher it gets one step at a
 * time, {@code ChannelTests} judge every sample, {@code SlowTests} and {@code CrossSensor} means over blocks, {@code OperatingPoints} knows where the asset
 * runs. {@link org.uatwin.simulation.detection.BaselineLearner} makes a {@link org.uatwin.simulation.detection.TwinBaseline} of history,
 * which a {@link org.uatwin.simulation.detection.BaselineWatch} compares with live values.
 *
 * <p>Baselines and reports are immutable, any thread; what watches a stream is owned by one thread and allocates nothing as it goes.
 * No clock, no randomness. How limits were chosen and how well it works: docs/reference/detection.md.
 */
@NullMarked
package org.uatwin.simulation.detection;

import org.jspecify.annotations.NullMarked;
