package org.uatwin.server.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.ServerTable;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingManager;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.DataTypeDictionary;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.jspecify.annotations.Nullable;

/**
 * An encoding context whose codecs decode through {@link BoundedDecoder}. Milo 1.1.2 gives its decoder no place to check
 * lengths, but asks the context for the codec of every message and every extension object; that is where the decoder is
 * exchanged. Encoding is Milo's, but for {@link NotificationCodec}. Thread-safe.
 */
public class BoundedContext implements EncodingContext {
    private final EncodingContext milo;
    private final DecoderLimits limits;
    private final DataTypeManager types = new BoundedTypes();
    private final Map<DataTypeCodec, DataTypeCodec> bounded = new ConcurrentHashMap<>();

    public BoundedContext(EncodingContext milo, DecoderLimits limits) {
        this.milo = milo;
        this.limits = limits;
    }

    final DecoderLimits limits() {
        return limits;
    }

    /** The codec that is answered for Milo's own. */
    DataTypeCodec codecFor(DataTypeCodec codec) {
        return bounded.computeIfAbsent(codec, c -> new BoundedCodec(encoding(c), limits));
    }

    private static DataTypeCodec encoding(DataTypeCodec codec) {
        return codec instanceof DataChangeNotification.Codec ? new NotificationCodec(codec) : codec;
    }

    /** The codec that is answered where Milo has none. */
    @Nullable
    DataTypeCodec codecForUnknown() {
        return null;
    }

    @Override
    public DataTypeManager getDataTypeManager() {
        return types;
    }

    @Override
    public EncodingManager getEncodingManager() {
        return milo.getEncodingManager();
    }

    @Override
    public EncodingLimits getEncodingLimits() {
        return milo.getEncodingLimits();
    }

    @Override
    public NamespaceTable getNamespaceTable() {
        return milo.getNamespaceTable();
    }

    @Override
    public ServerTable getServerTable() {
        return milo.getServerTable();
    }

    private record BoundedCodec(DataTypeCodec codec, DecoderLimits limits) implements DataTypeCodec {
        @Override
        public Class<?> getType() {
            return codec.getType();
        }

        @Override
        public UaStructuredType decode(EncodingContext context, UaDecoder decoder) {
            boolean isOuter = decoder instanceof OpcUaBinaryDecoder && !(decoder instanceof BoundedDecoder);
            return codec.decode(
                    context,
                    isOuter ? BoundedDecoder.insteadOf((OpcUaBinaryDecoder) decoder, context, limits) : decoder);
        }

        @Override
        public void encode(EncodingContext context, UaEncoder encoder, UaStructuredType value) {
            codec.encode(context, encoder, value);
        }
    }

    private final class BoundedTypes implements DataTypeManager {
        @Override
        public @Nullable DataTypeCodec getCodec(NodeId id) {
            DataTypeCodec codec = milo.getDataTypeManager().getCodec(id);
            return codec == null ? codecForUnknown() : codecFor(codec);
        }

        @Override
        public void registerType(
                NodeId dataTypeId,
                DataTypeCodec codec,
                @Nullable NodeId binaryEncodingId,
                @Nullable NodeId xmlEncodingId,
                @Nullable NodeId jsonEncodingId) {
            milo.getDataTypeManager().registerType(dataTypeId, codec, binaryEncodingId, xmlEncodingId, jsonEncodingId);
        }

        @Override
        public @Nullable NodeId getBinaryEncodingId(NodeId dataTypeId) {
            return milo.getDataTypeManager().getBinaryEncodingId(dataTypeId);
        }

        @Override
        public @Nullable NodeId getXmlEncodingId(NodeId dataTypeId) {
            return milo.getDataTypeManager().getXmlEncodingId(dataTypeId);
        }

        @Override
        public @Nullable NodeId getJsonEncodingId(NodeId dataTypeId) {
            return milo.getDataTypeManager().getJsonEncodingId(dataTypeId);
        }

        @Override
        public @Nullable DataTypeDictionary getTypeDictionary(String namespaceUri) {
            return milo.getDataTypeManager().getTypeDictionary(namespaceUri);
        }

        @Override
        public void registerTypeDictionary(DataTypeDictionary dictionary) {
            milo.getDataTypeManager().registerTypeDictionary(dictionary);
        }
    }
}
