package org.uatwin.server.wire;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.SecurityKeysListener;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.transport.server.ServerApplicationContext;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Milo's application as its transport sees it, with a bounded decoder, and with a bound on the requests one connection
 * has at work: Milo starts a thread for each. Publish requests wait for notifications, not at work, and are not counted.
 */
final class GuardedApplication implements ServerApplicationContext {
    private final ServerApplicationContext milo;
    private final WireLimits limits;
    private final EncodingContext encoding;
    private final ChannelAudit audit;

    GuardedApplication(ServerApplicationContext milo, WireLimits limits, DecoderLimits decoder, ChannelAudit audit) {
        this.milo = milo;
        this.limits = limits;
        this.audit = audit;
        this.encoding = new MessageContext(milo.getEncodingContext(), decoder);
    }

    @Override
    public EncodingContext getEncodingContext() {
        return encoding;
    }

    @Override
    public CompletableFuture<UaResponseMessageType> handleServiceRequest(
            ServiceRequestContext context, UaRequestMessageType request) {
        return answer(context, request).whenComplete((response, error) -> {
            if (error != null) {
                audit.requestRefused(UaException.extractStatusCode(error)
                        .map(StatusCode::getValue)
                        .orElse(StatusCodes.Bad_UnexpectedError));
            }
        });
    }

    private CompletableFuture<UaResponseMessageType> answer(
            ServiceRequestContext context, UaRequestMessageType request) {
        if (request instanceof UnreadableRequest unreadable) {
            return failed(unreadable.status());
        }
        if (Service.from(request.getTypeId()) == null) {
            return failed(StatusCodes.Bad_ServiceUnsupported);
        }
        if (request instanceof PublishRequest) {
            return milo.handleServiceRequest(context, request);
        }
        CompletableFuture<UaResponseMessageType> answer = new CompletableFuture<>();
        Connection connection = Connection.of(context.getChannel());
        int most = connection.hasSession() ? limits.requestsAtWork() : limits.requestsAtWorkBeforeLogon();
        boolean isTaken =
                connection.submit(() -> forward(context, request, connection, answer), most, limits.requestsWaiting());
        return isTaken ? answer : failed(StatusCodes.Bad_TooManyOperations);
    }

    private void forward(
            ServiceRequestContext context,
            UaRequestMessageType request,
            Connection connection,
            CompletableFuture<UaResponseMessageType> answer) {
        var unused = milo.handleServiceRequest(context, request).whenComplete((response, error) -> {
            connection.finished();
            if (error == null) {
                answer.complete(response);
            } else {
                answer.completeExceptionally(error);
            }
        });
    }

    private static CompletableFuture<UaResponseMessageType> failed(long status) {
        return CompletableFuture.failedFuture(new UaException(status));
    }

    @Override
    public List<EndpointDescription> getEndpointDescriptions() {
        return milo.getEndpointDescriptions();
    }

    @Override
    public CertificateManager getCertificateManager() {
        return milo.getCertificateManager();
    }

    @Override
    public Long getNextSecureChannelId() {
        return milo.getNextSecureChannelId();
    }

    @Override
    public Long getNextSecureChannelTokenId() {
        return milo.getNextSecureChannelTokenId();
    }

    @Override
    public @Nullable SecurityKeysListener getSecurityKeysListener() {
        return milo.getSecurityKeysListener();
    }
}
