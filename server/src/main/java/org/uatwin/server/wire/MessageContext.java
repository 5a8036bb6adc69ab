package org.uatwin.server.wire;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;

/**
 * The context of messages. A request that cannot be read becomes an {@link UnreadableRequest} when at least its header can,
 * so that the client is answered a ServiceFault (OPC UA Part 4, 7.38: Bad_DecodingError, Bad_EncodingLimitsExceeded)
 * and keeps its connection; Milo would close it.
 */
final class MessageContext extends BoundedContext {
    private final Map<DataTypeCodec, DataTypeCodec> messages = new ConcurrentHashMap<>();
    private final DataTypeCodec unknown = new MessageCodec(null);

    MessageContext(EncodingContext milo, DecoderLimits limits) {
        super(milo, limits);
    }

    @Override
    DataTypeCodec codecFor(DataTypeCodec codec) {
        return messages.computeIfAbsent(codec, MessageCodec::new);
    }

    @Override
    DataTypeCodec codecForUnknown() {
        return unknown;
    }

    private final class MessageCodec implements DataTypeCodec {
        private final @org.jspecify.annotations.Nullable DataTypeCodec codec;

        MessageCodec(@org.jspecify.annotations.Nullable DataTypeCodec codec) {
            this.codec = codec;
        }

        @Override
        public Class<?> getType() {
            return codec == null ? UnreadableRequest.class : codec.getType();
        }

        @Override
        public UaStructuredType decode(EncodingContext context, UaDecoder decoder) {
            if (decoder instanceof OpcUaBinaryDecoder outer && !(decoder instanceof BoundedDecoder)) {
                return message(context, outer);
            }
            if (codec == null) {
                throw new UaSerializationException(StatusCodes.Bad_DecodingError, "unknown data type");
            }
            return codec.decode(context, decoder);
        }

        private UaStructuredType message(EncodingContext context, OpcUaBinaryDecoder outer) {
            ByteBuf buffer = BoundedDecoder.bufferOf(outer);
            int start = buffer.readerIndex();
            long reason;
            if (codec == null || !UaRequestMessageType.class.isAssignableFrom(codec.getType())) {
                reason = StatusCodes.Bad_ServiceUnsupported;
            } else {
                try {
                    UaStructuredType request =
                            codec.decode(context, BoundedDecoder.insteadOf(outer, context, limits()));
                    if (((UaRequestMessageType) request).getRequestHeader() != null) {
                        if (request instanceof OpenSecureChannelRequest open) {
                            ChannelWatch.decoded(open);
                        }
                        return request;
                    }
                    reason = StatusCodes.Bad_DecodingError;
                } catch (RuntimeException | StackOverflowError e) {
                    reason = reasonOf(e);
                }
            }
            buffer.readerIndex(start);
            return new UnreadableRequest(header(context, outer), reason);
        }

        private RequestHeader header(EncodingContext context, OpcUaBinaryDecoder outer) {
            try {
                return (RequestHeader)
                        new RequestHeader.Codec().decode(context, BoundedDecoder.insteadOf(outer, context, limits()));
            } catch (RuntimeException | StackOverflowError e) {
                throw new UaSerializationException(reasonOf(e), e); // nobody to answer: the connection closes
            }
        }

        private static long reasonOf(Throwable failure) {
            if (failure instanceof StackOverflowError) {
                return StatusCodes.Bad_EncodingLimitsExceeded;
            }
            return UaException.extractStatusCode(failure)
                    .map(status -> status.getValue())
                    .orElse(StatusCodes.Bad_DecodingError);
        }

        @Override
        public void encode(EncodingContext context, UaEncoder encoder, UaStructuredType value) {
            if (codec == null) {
                throw new UaSerializationException(StatusCodes.Bad_EncodingError, "unknown data type");
            }
            codec.encode(context, encoder, value);
        }
    }
}
