package org.uatwin.server.wire;

/** Is told what happens before the services. Called on an event loop or the thread of a service; must not block. */
public interface ChannelAudit {
    /** OpenSecureChannel was granted or refused. */
    void channel(ChannelOpening opening);

    /** A request of any service was answered with a ServiceFault of this status. */
    default void requestRefused(long status) {}
}
