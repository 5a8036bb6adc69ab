package org.uatwin.server.wire;

/** Is told of every OpenSecureChannel, granted or not. Called on an event loop; must not block. */
public interface ChannelAudit {
    void channel(ChannelOpening opening);
}
