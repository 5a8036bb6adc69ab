package org.uatwin.plcadapters.modbus;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.poll.ReadBlock;

/** One read block with its timetable and the state of its points. Owned by the loop thread but for the volatiles. */
final class PollJob implements Comparable<PollJob> {
    final DeviceState device;
    final ReadBlock block;
    final PollGroup group;
    final int firstPoint;
    final int pointCount;
    final long periodNs;
    final long holdNs;
    final long staleNs;

    long gridNs; // one of the moments at which the job is due by its period
    long dueNs;
    int tries;
    long firstTryNs;
    boolean isAlone; // stays silent while the rest of its device answers
    Quality situation = Quality.NOT_YET_READ;
    boolean isHeld; // the last value is shown as still usable
    long lastGoodNs;
    boolean hasAnswered;
    long lastAnswerNs;
    long achievedNs;

    @Nullable
    Pieces pieces; // while the device refuses the block as a whole

    long nextWholeNs; // when to try the whole block again
    long nextCutNs; // when to cut again after that led nowhere
    volatile String refusal = ""; // why some of the pieces were refused
    volatile long lastPollTime = UaTime.NONE;
    volatile String lastError = "";

    /**
     * @param staleNs age from which on a silent block is no longer Good.
     */
    PollJob(DeviceState device, ReadBlock block, PollGroup group, int firstPoint, int pointCount, long staleNs) {
        this.device = device;
        this.block = block;
        this.group = group;
        this.firstPoint = firstPoint;
        this.pointCount = pointCount;
        periodNs = group.period().toNanos();
        holdNs = group.holdTime().toNanos();
        this.staleNs = staleNs;
    }

    void begin(long now, long phase) {
        gridNs = now + phase;
        dueNs = gridNs;
        lastGoodNs = now;
        nextCutNs = now;
        hasAnswered = false;
    }

    /** Whether it reads something of what {@code other} reads, of the same device and with the same period. */
    boolean reads(PollJob other) {
        return block.table() == other.block.table()
                && group.equals(other.group)
                && device.device.name().equals(other.device.device.name())
                && device.device.unitId() == other.device.device.unitId()
                && block.offset() < other.block.offset() + other.block.quantity()
                && other.block.offset() < block.offset() + block.quantity();
    }

    /** Goes on with the timetable and the state of a job it takes the place of; pieces are found anew. */
    void takeOver(PollJob old) {
        gridNs = old.gridNs;
        dueNs = old.dueNs;
        tries = old.tries;
        firstTryNs = old.firstTryNs;
        isAlone = old.isAlone;
        situation = old.situation;
        isHeld = old.isHeld;
        lastGoodNs = old.lastGoodNs;
        hasAnswered = old.hasAnswered;
        lastAnswerNs = old.lastAnswerNs;
        achievedNs = old.achievedNs;
        lastPollTime = old.lastPollTime;
        lastError = old.lastError;
    }

    /** Next moment of the timetable after {@code now}: what was missed is skipped, nothing queues up. */
    void reschedule(long now) {
        long behind = now - gridNs;
        gridNs += behind < 0 ? 0 : (behind / periodNs + 1) * periodNs;
        dueNs = gridNs;
        tries = 0;
    }

    @Override
    public int compareTo(PollJob other) {
        return Long.compare(dueNs, other.dueNs);
    }
}
