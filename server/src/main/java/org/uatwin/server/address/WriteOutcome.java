package org.uatwin.server.address;

import org.uatwin.informationmodel.value.StatusCode;

/**
 * What became of a value on its way to a device.
 *
 * @param reason in words, for the audit trail and for people; empty if the status says it all.
 */
public record WriteOutcome(StatusCode status, String reason) {}
