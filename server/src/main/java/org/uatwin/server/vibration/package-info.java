/**
 * Vibration of live waveforms: each new waveform of a point with {@code vibration:} is analysed, what it says becomes values of points, and what
 * several of them agree on goes to {@code maintenance}.
 *
 * <pre>
 * lane of the waveform's link -> WatchedWaveform.offer (one waits at most, an older one is lost and counted)
 *        lane of the speed    -> SpeedTrack
 *                 thread uatwin-vibration: SnapshotAnalysis -> VibrationRows -> shard 0
 *                                                          \-> VibrationCondition, read by LiveMaintenance
 * </pre>
 *
 * <p>The mathematics is {@code simulation.vibration}; what it means for the health of a twin is {@code simulation.health}.
 */
@NullMarked
package org.uatwin.server.vibration;

import org.jspecify.annotations.NullMarked;
