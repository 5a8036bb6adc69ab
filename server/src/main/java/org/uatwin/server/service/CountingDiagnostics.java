package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.diagnostics.ServerDiagnosticsSummary;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** The server's counters (OPC UA Part 5, 12.9) with those of refused requests, which Milo announces and never counts. */
final class CountingDiagnostics extends ServerDiagnosticsSummary {
    private final LongAdder refused = new LongAdder();
    private final LongAdder refusedForSecurity = new LongAdder();

    CountingDiagnostics(OpcUaServer server) {
        super(server);
    }

    /** A request was answered with a ServiceFault. */
    void requestRefused(long status) {
        refused.increment();
        if (new StatusCode(status).isSecurityError()) {
            refusedForSecurity.increment();
        }
    }

    void sessionCreated() {
        getCumulatedSessionCount().increment();
    }

    /** CreateSession or ActivateSession was refused. */
    void sessionRefused(StatusCode status) {
        getRejectedSessionCount().increment();
        if (status.isSecurityError()) {
            getSecurityRejectedSessionCount().increment();
        }
    }

    @Override
    public UInteger getSecurityRejectedRequestCount() {
        return uint(refusedForSecurity.sum());
    }

    @Override
    public UInteger getRejectedRequestCount() {
        return uint(refused.sum());
    }
}
