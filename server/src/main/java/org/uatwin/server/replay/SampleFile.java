package org.uatwin.server.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.cli.Json;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** Every sample of the plant's twins as a line of CSV, in the order the point table took them. One thread. */
public final class SampleFile implements SampleListener, AutoCloseable {
    private final LivePlant live;
    private final BufferedWriter out;
    private long samples;

    /** Begins the file anew. */
    public SampleFile(Path file, LivePlant live) throws IOException {
        this.live = live;
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write("point,value,status,sourceTime,receiveTime,isRefresh\n");
    }

    @Override
    public void onSamples(int shard, SampleBatch batch) {
        try {
            for (int i = 0; i < batch.size(); i++) {
                TwinInstance owner = live.ownerOf(batch.row(i));
                if (owner.twin() != null) {
                    out.write(line(owner, batch, i));
                    samples++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of samples cannot be written: " + e.getMessage(), e);
        }
    }

    private static String line(TwinInstance owner, SampleBatch batch, int i) {
        int ordinal = batch.row(i) - owner.firstRow();
        ValueType type = owner.type().points().get(ordinal).dataType();
        StatusCode status = batch.status(i);
        return "%s/%s,%s,0x%08X,%s,%s,%s\n"
                .formatted(
                        owner.id(),
                        owner.type().points().get(ordinal).name(),
                        status.isBad() ? "" : quoted(value(type, batch.bits(i), batch.object(i))),
                        status.bits(),
                        UaTime.toInstant(batch.sourceTime(i)),
                        UaTime.toInstant(batch.receiveTime(i)),
                        batch.isRefresh(i) ? "true" : "false");
    }

    private static String value(ValueType type, long bits, @Nullable Object object) {
        if (object != null) {
            return object instanceof String text ? text : Json.line(object);
        }
        return switch (type) {
            case BOOLEAN -> bits != 0 ? "true" : "false";
            case FLOAT -> String.valueOf((float) type.toDouble(bits));
            case DOUBLE -> String.valueOf(type.toDouble(bits));
            case UINT64 -> Long.toUnsignedString(bits);
            case DATE_TIME -> UaTime.toInstant(bits).toString();
            default -> String.format(Locale.ROOT, "%d", bits);
        };
    }

    private static String quoted(String text) {
        return text.matches("[^\",\n\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Lines written. */
    public long samples() {
        return samples;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
