package org.uatwin.plcadapters.adapter;

/**
 * What is shown beside a point.
 *
 * @param sourceAddress the address as a PLC engineer writes it.
 * @param lastError last error that concerned this point, empty if there was none since it was last read well.
 * @param lastPollTime UaTime ticks of the last answer that held the point, {@code UaTime.NONE} before the first.
 */
public record PointDiagnostics(String sourceAddress, String lastError, long lastPollTime) {}
