package org.uatwin.server.event;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.PermissionClass;

/**
 * Audit events (OPC UA Part 4, 6.5; Part 5, 6.4.3 onwards) of writes, calls and sessions, also of refused ones. Received
 * by SecurityAdmin, ConfigureAdmin and Engineer only. Events are not made while nobody listens.
 */
public final class AuditTrail {
    private static final String WRITE = "Attribute/Write";
    private static final int SEVERITY_DONE = 100;
    private static final int SEVERITY_REFUSED = 500;

    private final EventHub hub;
    private final String serverUri;

    /** @param serverUri the ApplicationUri, the field ServerId of every audit event. */
    public AuditTrail(EventHub hub, String serverUri) {
        this.hub = hub;
        this.serverUri = serverUri;
    }

    public boolean wantsWrites() {
        return hub.hasListeners();
    }

    public boolean wantsCalls() {
        return hub.hasListeners();
    }

    /**
     * One entry of a Write.
     *
     * @param old the value before, null when it could not be read.
     * @param reason why the value was refused or is still on its way, in words; may be empty.
     */
    public void written(
            Session session,
            @Nullable String auditEntryId,
            WriteValue value,
            @Nullable DataValue old,
            StatusCode status,
            String reason) {
        hub.raise(because(
                        reason,
                        written(
                                audit(
                                        NodeIds.AuditWriteUpdateEventType,
                                        WRITE,
                                        session,
                                        auditEntryId,
                                        status,
                                        value.getNodeId()),
                                old,
                                value.getValue()),
                        status)
                .field("AttributeId", value.getAttributeId())
                .field("IndexRange", value.getIndexRange() == null ? "" : value.getIndexRange())
                .build());
    }

    /**
     * The server itself has written the Value of a node: for somebody who called a method, or by a part of its own.
     *
     * @param who the user, or {@code System/} and the part of the server.
     * @param reason why it was sent, refused or stopped, in words; may be empty.
     */
    public void writtenFor(
            String who,
            NodeId nodeId,
            @Nullable DataValue old,
            @Nullable DataValue value,
            StatusCode status,
            String reason) {
        if (hub.hasListeners()) {
            hub.raise(because(
                            reason,
                            written(
                                    audit(NodeIds.AuditWriteUpdateEventType, WRITE, null, null, status, nodeId),
                                    old,
                                    value),
                            status)
                    .field("ClientUserId", who)
                    .field("AttributeId", AttributeId.Value.uid())
                    .field("IndexRange", "")
                    .build());
        }
    }

    /** With words behind the message. */
    private static EventRecord.Builder because(String reason, EventRecord.Builder event, StatusCode status) {
        return reason.isEmpty()
                ? event
                : event.message(LocalizedText.english(
                        WRITE + (status.isBad() ? " refused: " + name(status) + ", " : ": ") + reason));
    }

    private static EventRecord.Builder written(
            EventRecord.Builder event, @Nullable DataValue old, @Nullable DataValue value) {
        return event.field("OldValue", variant(old)).field("NewValue", variant(value));
    }

    private static Variant variant(@Nullable DataValue value) {
        return value == null || value.value() == null ? Variant.NULL_VALUE : value.value();
    }

    /** One entry of a Call. */
    public void called(Session session, @Nullable String auditEntryId, CallMethodRequest call, StatusCode status) {
        Variant[] inputs = call.getInputArguments();
        hub.raise(audit(
                        NodeIds.AuditUpdateMethodEventType,
                        "Method/Call",
                        session,
                        auditEntryId,
                        status,
                        call.getObjectId())
                .field("MethodId", call.getMethodId())
                .field("InputArguments", new Variant(inputs == null ? new Variant[0] : inputs))
                .build());
    }

    /** A session was made; it has no user yet. */
    public void sessionCreated(CreateSessionRequest request, CreateSessionResponse response, long channelId) {
        if (hub.hasListeners()) {
            hub.raise(audit(
                            NodeIds.AuditCreateSessionEventType,
                            "Session/CreateSession",
                            null,
                            request.getRequestHeader().getAuditEntryId(),
                            StatusCode.GOOD,
                            NodeIds.Server)
                    .field("SessionId", response.getSessionId())
                    .field("SecureChannelId", String.valueOf(channelId))
                    .field("ClientCertificate", request.getClientCertificate())
                    .field("ClientCertificateThumbprint", SecurityAudit.thumbprint(request.getClientCertificate()))
                    .field("RevisedSessionTimeout", response.getRevisedSessionTimeout())
                    .build());
        }
    }

    /** A session got a user. */
    public void sessionActivated(Session session, @Nullable String auditEntryId) {
        if (hub.hasListeners()) {
            hub.raise(audit(
                            NodeIds.AuditActivateSessionEventType,
                            "Session/ActivateSession",
                            session,
                            auditEntryId,
                            StatusCode.GOOD,
                            NodeIds.Server)
                    .field("SessionId", session.getSessionId())
                    .field("SecureChannelId", String.valueOf(session.getSecureChannelId()))
                    .build());
        }
    }

    /** CreateSession or ActivateSession was refused. */
    public void sessionRefused(String service, @Nullable String auditEntryId, StatusCode status) {
        if (hub.hasListeners()) {
            NodeId type = "CreateSession".equals(service)
                    ? NodeIds.AuditCreateSessionEventType
                    : NodeIds.AuditActivateSessionEventType;
            hub.raise(audit(type, "Session/" + service, null, auditEntryId, status, NodeIds.Server)
                    .build());
        }
    }

    /** A session ended, by the client or by timeout. */
    public void sessionClosed(Session session) {
        if (hub.hasListeners()) {
            hub.raise(audit(
                            NodeIds.AuditSessionEventType,
                            "Session/CloseSession",
                            session,
                            null,
                            StatusCode.GOOD,
                            NodeIds.Server)
                    .field("SessionId", session.getSessionId())
                    .build());
        }
    }

    /** The fields every audit event has (Part 5, 6.4.3). */
    EventRecord.Builder audit(
            NodeId type,
            String sourceName,
            @Nullable Session session,
            @Nullable String auditEntryId,
            StatusCode status,
            NodeId sourceNode) {
        boolean isDone = !status.isBad();
        String user = session == null ? null : session.getClientUserId();
        return EventRecord.of(type, sourceNode, sourceName)
                .audience(PermissionClass.AUDIT)
                .severity(isDone ? SEVERITY_DONE : SEVERITY_REFUSED)
                .message(LocalizedText.english(sourceName + (isDone ? "" : " refused: " + name(status))))
                .field("ActionTimeStamp", DateTime.now())
                .field("Status", isDone)
                .field("StatusCodeId", status)
                .field("ServerId", serverUri)
                .field("ClientAuditEntryId", auditEntryId == null ? "" : auditEntryId)
                .field("ClientUserId", user == null ? "" : user);
    }

    private static String name(StatusCode status) {
        return org.eclipse.milo.opcua.stack.core.StatusCodes.lookup(status.getValue())
                .map(names -> names[0])
                .orElse("0x" + Long.toHexString(uint(status.getValue()).longValue()));
    }
}
