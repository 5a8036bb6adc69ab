package org.uatwin.server.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelRequest;
import org.uatwin.certs.validation.Outcome;
import org.uatwin.certs.validation.ValidationResult;
import org.uatwin.server.wire.ChannelOpening;
import org.uatwin.server.wire.ChannelWatch;

/**
 * Audit events of secure channels and certificates (OPC UA Part 5, 6.4.4 to 6.4.7 and 6.4.13 to 6.4.19), granted and
 * refused. What a refused client is not told stands here in full. Received as the other audit events; not made while
 * nobody listens.
 */
public final class SecurityAudit {
    private final EventHub hub;
    private final AuditTrail trail;

    public SecurityAudit(EventHub hub, AuditTrail trail) {
        this.hub = hub;
        this.trail = trail;
    }

    /** OpenSecureChannel, also a renewal, was granted or refused. */
    public void channelOpened(ChannelOpening opening) {
        if (!hub.hasListeners()) {
            return;
        }
        OpenSecureChannelRequest request = opening.request();
        String entry = request == null ? null : request.getRequestHeader().getAuditEntryId();
        EventRecord.Builder event = trail.audit(
                        NodeIds.AuditOpenSecureChannelEventType,
                        "SecureChannel/OpenSecureChannel",
                        null,
                        entry,
                        new StatusCode(opening.status()),
                        NodeIds.Server)
                .field("SecureChannelId", opening.channelId() == 0 ? "" : String.valueOf(opening.channelId()))
                .field("ClientCertificate", opening.clientCertificate())
                .field("ClientCertificateThumbprint", thumbprint(opening.clientCertificate()))
                .field("SecurityPolicyUri", opening.securityPolicyUri())
                .field("CertificateErrorEventId", opening.certificateEventId());
        if (request != null) {
            event.field("RequestType", request.getRequestType())
                    .field("SecurityMode", request.getSecurityMode())
                    .field("RequestedLifetime", request.getRequestedLifetime().doubleValue());
        }
        hub.raise(event.build());
    }

    /**
     * The certificate of a client or user was refused.
     *
     * @param expectedUri the ApplicationUri the certificate should have had, empty when none was asked for.
     */
    public void certificateRefused(List<X509Certificate> chain, String expectedUri, ValidationResult result) {
        if (!hub.hasListeners()) {
            return;
        }
        Outcome outcome = result.outcome();
        EventRecord.Builder event = trail.audit(
                        typeOf(outcome),
                        "Security/Certificate",
                        null,
                        null,
                        new StatusCode(Integer.toUnsignedLong(outcome.code())),
                        NodeIds.Server)
                .message(LocalizedText.english(outcome.statusName() + ": " + result.detail()))
                .field("Certificate", chain.isEmpty() ? ByteString.NULL_VALUE : der(chain.get(0)));
        if (outcome == Outcome.URI_INVALID) {
            event.field("InvalidHostname", "").field("InvalidUri", expectedUri);
        }
        EventRecord record = event.build();
        hub.raise(record);
        if (record.field("0:EventId").value() instanceof ByteString id) {
            ChannelWatch.certificateRefused(id);
        }
    }

    /** The event type for each defect (Part 4, 6.1.3, table of certificate validation steps). */
    static NodeId typeOf(Outcome outcome) {
        return switch (outcome) {
            case TIME_INVALID, ISSUER_TIME_INVALID -> NodeIds.AuditCertificateExpiredEventType;
            case URI_INVALID -> NodeIds.AuditCertificateDataMismatchEventType;
            case USE_NOT_ALLOWED, ISSUER_USE_NOT_ALLOWED -> NodeIds.AuditCertificateMismatchEventType;
            case REVOKED, ISSUER_REVOKED, REVOCATION_UNKNOWN, ISSUER_REVOCATION_UNKNOWN ->
                NodeIds.AuditCertificateRevokedEventType;
            case UNTRUSTED -> NodeIds.AuditCertificateUntrustedEventType;
            default -> NodeIds.AuditCertificateInvalidEventType;
        };
    }

    private static ByteString der(X509Certificate certificate) {
        try {
            return ByteString.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            return ByteString.NULL_VALUE;
        }
    }

    /** SHA-1 in upper-case hex as the standard's thumbprints are written; empty without a certificate. */
    static String thumbprint(ByteString certificate) {
        if (certificate.isNullOrEmpty()) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.bytesOrEmpty());
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
