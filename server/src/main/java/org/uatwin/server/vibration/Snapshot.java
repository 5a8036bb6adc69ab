package org.uatwin.server.vibration;

import org.uatwin.informationmodel.value.StatusCode;

/** One waveform as it came. {@code samples} are never changed by anybody. */
@SuppressWarnings("ArrayRecordComponent") // as the point table hands it over; compared by nobody
record Snapshot(double[] samples, StatusCode status, long sourceTime) {}
