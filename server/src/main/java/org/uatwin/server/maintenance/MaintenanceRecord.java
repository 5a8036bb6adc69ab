package org.uatwin.server.maintenance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that was done to an asset, and why (ISO 14224: preventive or corrective).
 *
 * @param id nobody else has it.
 * @param task a failure mode, {@code Overhaul} or {@code Inspection}.
 * @param performedAt {@link org.uatwin.informationmodel.value.UaTime} ticks.
 * @param restored share of the damage that was taken away, 0..1.
 * @param remark of whoever recorded it.
 * @param recordedBy the user.
 * @param recordedAt ticks.
 * @param resetNames what of the twin began anew.
 * @param failedAt when the asset failed, ticks, if that was the cause; else {@link #NO_FAILURE}.
 */
public record MaintenanceRecord(
        String id,
        String task,
        long performedAt,
        double restored,
        String remark,
        String recordedBy,
        long recordedAt,
        List<String> resetNames,
        long failedAt) {
    /** The work was planned: nothing had failed. */
    public static final long NO_FAILURE = 0;

    /** Somebody looked, and nothing was changed. */
    public static final String INSPECTION = "Inspection";

    private static final int FORMAT = 2;
    private static final int WITHOUT_CAUSE = 1; // form of earlier programs: all of it was planned

    public MaintenanceRecord {
        resetNames = List.copyOf(resetNames);
    }

    /** One of planned work. */
    public MaintenanceRecord(
            String id,
            String task,
            long performedAt,
            double restored,
            String remark,
            String recordedBy,
            long recordedAt,
            List<String> resetNames) {
        this(id, task, performedAt, restored, remark, recordedBy, recordedAt, resetNames, NO_FAILURE);
    }

    /** Whether the asset had failed, by what the task names. */
    public boolean isFailure() {
        return failedAt != NO_FAILURE;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(id);
            out.writeUTF(task);
            out.writeLong(performedAt);
            out.writeDouble(restored);
            out.writeUTF(remark);
            out.writeUTF(recordedBy);
            out.writeLong(recordedAt);
            out.writeInt(resetNames.size());
            for (String name : resetNames) {
                out.writeUTF(name);
            }
            out.writeLong(failedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** Empty if it was written by another program, or is damaged. */
    static Optional<MaintenanceRecord> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != FORMAT && format != WITHOUT_CAUSE) {
                return Optional.empty();
            }
            String id = in.readUTF();
            String task = in.readUTF();
            long performedAt = in.readLong();
            double restored = in.readDouble();
            String remark = in.readUTF();
            String recordedBy = in.readUTF();
            long recordedAt = in.readLong();
            List<String> names = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                names.add(in.readUTF());
            }
            long failedAt = format == FORMAT ? in.readLong() : NO_FAILURE;
            return Optional.of(new MaintenanceRecord(
                    id, task, performedAt, restored, remark, recordedBy, recordedAt, names, failedAt));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
