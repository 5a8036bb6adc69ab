package org.uatwin.server.wire;

import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelRequest;
import org.jspecify.annotations.Nullable;

/**
 * One OpenSecureChannel request and what became of it.
 *
 * @param channelId 0 when none was given.
 * @param clientCertificate as sent, null on the policy None.
 * @param request null when it could not be decrypted or decoded.
 * @param status Good, or why it was refused.
 * @param certificateEventId EventId of the event about the certificate that was the reason, or null.
 */
public record ChannelOpening(
        long channelId,
        String securityPolicyUri,
        ByteString clientCertificate,
        @Nullable OpenSecureChannelRequest request,
        long status,
        ByteString certificateEventId) {
    public boolean isGood() {
        return status == 0;
    }
}
