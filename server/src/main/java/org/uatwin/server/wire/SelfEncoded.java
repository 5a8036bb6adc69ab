package org.uatwin.server.wire;

import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;

/** A structure that writes its own binary form, the same as its codec would. */
public interface SelfEncoded {
    void encodeTo(OpcUaBinaryEncoder encoder);
}
