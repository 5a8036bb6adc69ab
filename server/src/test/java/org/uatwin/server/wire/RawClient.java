package org.uatwin.server.wire;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.SecurityTokenRequestType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.AnonymousIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.jspecify.annotations.Nullable;

/**
 * A client that writes every byte itself, over SecurityPolicy None (OPC UA Part 6, 6.7 and 7.1): for messages no stack
 * would send. Blocking; reads give up after ten seconds.
 */
@SuppressWarnings("ByteBufferBackingArray") // all buffers here are whole arrays
public final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 10_000;

    private static final int LARGEST_BODY = 60_000;
    private static final String NONE = "http://opcfoundation.org/UA/SecurityPolicy#None";

    public final Socket socket;
    private final String url;
    private final DataInputStream in;
    int channelId;
    int tokenId;
    int sequence;
    public NodeId authentication = NodeId.NULL_VALUE;

    public RawClient(int port, String url) throws IOException {
        this.url = url;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connected, with a secure channel. */
    public static RawClient open(int port, String url) throws IOException {
        RawClient client = new RawClient(port, url);
        client.send(client.hello());
        client.read();
        client.open();
        return client;
    }

    /** As {@link #open}, with an activated anonymous session. */
    public static RawClient session(int port, String url) throws IOException {
        RawClient client = open(port, url);
        try {
            client.logOn();
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    public void logOn() throws IOException {
        UaResponseMessageType answer = call(createSession());
        if (!(answer instanceof CreateSessionResponse created)) {
            throw new IOException("no session: " + answer.getResponseHeader().getServiceResult());
        }
        authentication = created.getAuthenticationToken();
        ActivateSessionResponse activated = (ActivateSessionResponse) call(activateSession());
        if (activated.getResponseHeader().getServiceResult().isBad()) {
            throw new IOException("not activated: " + activated.getResponseHeader());
        }
    }

    // -------- messages

    public byte[] hello() {
        byte[] endpoint = url.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = little(24 + endpoint.length);
        body.putInt(0).putInt(65_535).putInt(65_535).putInt(0).putInt(0);
        body.putInt(endpoint.length).put(endpoint);
        return frame("HEL", 'F', body.array());
    }

    public byte[] openRequest(OpenSecureChannelRequest request) {
        byte[] policy = NONE.getBytes(StandardCharsets.UTF_8);
        byte[] message = encode(request);
        ByteBuffer body = little(4 + 12 + policy.length + 8 + message.length);
        body.putInt(channelId).putInt(policy.length).put(policy).putInt(-1).putInt(-1);
        body.putInt(++sequence).putInt(sequence).put(message);
        return frame("OPN", 'F', body.array());
    }

    public OpenSecureChannelRequest openMessage() {
        return new OpenSecureChannelRequest(
                header(),
                uint(0),
                SecurityTokenRequestType.Issue,
                MessageSecurityMode.None,
                ByteString.NULL_VALUE,
                uint(600_000));
    }

    public void open() throws IOException {
        send(openRequest(openMessage()));
        ByteBuffer answer = read();
        channelId = answer.getInt(8);
        int policyLength = answer.getInt(12);
        OpenSecureChannelResponse opened = (OpenSecureChannelResponse) decode(answer, 16 + policyLength + 4 + 4 + 8);
        tokenId = opened.getSecurityToken().getTokenId().intValue();
    }

    /** One chunk of a message: token, sequence and request number are filled in. */
    public byte[] message(char chunkType, byte[] body) {
        ByteBuffer chunk = little(16 + body.length);
        chunk.putInt(channelId)
                .putInt(tokenId)
                .putInt(++sequence)
                .putInt(sequence)
                .put(body);
        return frame("MSG", chunkType, chunk.array());
    }

    /** A whole message, in as many chunks as it needs. */
    public void sendMessage(byte[] body) throws IOException {
        int request = sequence + 1;
        for (int start = 0; start < body.length || start == 0; start += LARGEST_BODY) {
            int end = Math.min(body.length, start + LARGEST_BODY);
            byte[] chunk = message(end == body.length ? 'F' : 'C', java.util.Arrays.copyOfRange(body, start, end));
            ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).putInt(20, request);
            send(chunk);
        }
    }

    public CreateSessionRequest createSession() {
        return new CreateSessionRequest(
                header(),
                new ApplicationDescription(
                        "urn:test:raw", "", LocalizedText.english("raw"), ApplicationType.Client, null, null, null),
                null,
                url,
                "raw",
                ByteString.of(new byte[32]),
                ByteString.NULL_VALUE,
                60_000.0,
                uint(0));
    }

    public ActivateSessionRequest activateSession() {
        return new ActivateSessionRequest(
                header(),
                new SignatureData(null, ByteString.NULL_VALUE),
                null,
                new String[] {"en"},
                ExtensionObject.encode(DefaultEncodingContext.INSTANCE, new AnonymousIdentityToken("anonymous")),
                new SignatureData(null, ByteString.NULL_VALUE));
    }

    public RequestHeader header() {
        return new RequestHeader(authentication, DateTime.now(), uint(sequence + 1), uint(0), null, uint(0), null);
    }

    public static byte[] frame(String type, char chunkType, byte[] body) {
        ByteBuffer frame = little(8 + body.length);
        frame.put(type.getBytes(StandardCharsets.US_ASCII))
                .put((byte) chunkType)
                .putInt(8 + body.length);
        return frame.put(body).array();
    }

    public static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static byte[] encode(UaMessageType message) {
        ByteBuf buffer = Unpooled.buffer();
        OpcUaBinaryEncoder encoder = new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE);
        encoder.setBuffer(buffer);
        encoder.encodeMessage(null, message);
        return ByteBufUtil.getBytes(buffer);
    }

    private static UaMessageType decode(ByteBuffer frame, int start) {
        OpcUaBinaryDecoder decoder = new OpcUaBinaryDecoder(DefaultEncodingContext.INSTANCE);
        decoder.setBuffer(Unpooled.wrappedBuffer(frame.array(), start, frame.limit() - start));
        return decoder.decodeMessage(null);
    }

    // -------- exchange

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public UaResponseMessageType call(UaRequestMessageType request) throws IOException {
        sendMessage(encode(request));
        return response();
    }

    public UaResponseMessageType response() throws IOException {
        ByteBuffer answer = read();
        if (answer.get(0) != 'M') {
            throw new IOException("answered %s, status 0x%08X"
                    .formatted(new String(answer.array(), 0, 4, StandardCharsets.US_ASCII), answer.getInt(8)));
        }
        return (UaResponseMessageType) decode(answer, 24);
    }

    /** The next frame. */
    public ByteBuffer read() throws IOException {
        byte[] header = new byte[8];
        in.readFully(header);
        int size = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        byte[] frame = java.util.Arrays.copyOf(header, size);
        in.readFully(frame, 8, size - 8);
        return ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The status of the ERR message that ends the connection, or null when it just ends. */
    public @Nullable Long end() throws IOException {
        Long status = null;
        try {
            while (true) {
                ByteBuffer frame = read();
                if (frame.get(0) == 'E') {
                    status = Integer.toUnsignedLong(frame.getInt(8));
                }
            }
        } catch (EOFException | SocketException e) {
            return status;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
