package org.uatwin.plcadapters.s7;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Gives refused items of a read the length 0. Some CPUs announce data behind an item they refuse and send none; PLC4X then drops the
 * whole answer, and one wrong address would look like a silent CPU. Sees whole frames (RFC 1006).
 */
final class RefusedItems extends ChannelInboundHandlerAdapter {
    private static final int COTP_LENGTH = 4;
    private static final int S7_HEADER = 12;
    private static final int ACK_DATA = 3;
    private static final int READ_VAR = 4;
    private static final int ITEM_HEADER = 4;
    private static final int OK = 0xFF;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf frame) {
            mend(frame);
        }
        super.channelRead(context, message);
    }

    static void mend(ByteBuf frame) {
        int start = frame.readerIndex();
        int end = frame.writerIndex();
        if (end - start <= COTP_LENGTH) {
            return;
        }
        int s7 = start + COTP_LENGTH + 1 + frame.getUnsignedByte(start + COTP_LENGTH);
        if (s7 + S7_HEADER + 2 > end
                || frame.getUnsignedByte(s7) != 0x32
                || frame.getUnsignedByte(s7 + 1) != ACK_DATA
                || frame.getUnsignedByte(s7 + S7_HEADER) != READ_VAR) {
            return;
        }
        int items = frame.getUnsignedByte(s7 + S7_HEADER + 1);
        int at = s7 + S7_HEADER + frame.getUnsignedShort(s7 + 6);
        for (int i = 0; i < items && at + ITEM_HEADER <= end; i++) {
            if (frame.getUnsignedByte(at) != OK) {
                frame.setShort(at + 2, 0);
                at += ITEM_HEADER;
            } else {
                int transport = frame.getUnsignedByte(at + 1);
                int length = frame.getUnsignedShort(at + 2);
                int bytes = transport >= 3 && transport <= 5 ? (length + 7) / 8 : length; // these count bits
                at += ITEM_HEADER + bytes + bytes % 2;
            }
        }
    }
}
