/**
 * Raw traffic of links on disk: written while the plant runs, read back for a replay or for a person.
 *
 * <p>{@link org.uatwin.plcadapters.recording.Recorder} gives each link a {@code TrafficTap}. Links hand their pieces into
 * one bounded queue and never wait; the thread {@code recording} writes them into segment files
 * ({@link org.uatwin.plcadapters.recording.SegmentFile}: frames with length and CRC), and drops the oldest segments when the
 * folder grows beyond its size or age. What does not fit into the queue is lost, counted, and marked in the recording.
 * {@link org.uatwin.plcadapters.recording.RecordingReader} reads a folder in order, across restarts and up to the last
 * whole frame after a crash; {@link org.uatwin.plcadapters.recording.RecordingSources} hands its records to links that
 * replay. docs/reference/recordings.md is the format.
 *
 * <p>What the bytes mean is the protocol's own affair ({@code adapter.ReplayLink}).
 */
@NullMarked
package org.uatwin.plcadapters.recording;

import org.jspecify.annotations.NullMarked;
