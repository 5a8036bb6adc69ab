package org.uatwin.plcadapters.modbus;

import java.util.Arrays;

/**
 * A block cut into smaller reads because the device refused it as a whole (exception 02 or 03): one bad address must not
 * spoil its neighbours. Refused pieces are cut again until the points at fault stand alone. Owned by the loop thread.
 */
final class Pieces {
    private final PollJob job;
    private final PointColumns points;
    private int[] firsts; // first point of each piece

    Pieces(PollJob job, PointColumns points) {
        this.job = job;
        this.points = points;
        firsts = new int[] {job.firstPoint};
        cut(new boolean[] {true});
    }

    int count() {
        return firsts.length;
    }

    int firstPoint(int piece) {
        return firsts[piece];
    }

    /** Behind the last point of the piece. */
    int endPoint(int piece) {
        return piece + 1 < firsts.length ? firsts[piece + 1] : job.firstPoint + job.pointCount;
    }

    /** First register or bit of the piece, counted from that of the block. */
    int offset(int piece) {
        return points.at(firsts[piece]);
    }

    int quantity(int piece) {
        int end = 0;
        for (int p = firstPoint(piece); p < endPoint(piece); p++) {
            end = Math.max(end, end(p));
        }
        return end - offset(piece);
    }

    private int end(int point) {
        return points.at(point) + points.rule(point).codec().quantity();
    }

    /**
     * Cuts the refused pieces that hold more than one point.
     *
     * @return whether there was one.
     */
    boolean cut(boolean[] isRefused) {
        int[] next = new int[2 * firsts.length];
        int n = 0;
        for (int piece = 0; piece < firsts.length; piece++) {
            next[n++] = firsts[piece];
            if (isRefused[piece] && endPoint(piece) - firsts[piece] > 1) {
                next[n++] = cutPoint(firsts[piece], endPoint(piece));
            }
        }
        boolean isCut = n > firsts.length;
        firsts = Arrays.copyOf(next, n);
        return isCut;
    }

    /** Joins neighbours that were answered and have no gap between them: cutting went finer than needed. */
    void join(boolean[] isRefused) {
        int[] next = new int[firsts.length];
        int n = 0;
        int behind = 0;
        for (int piece = 0; piece < firsts.length; piece++) {
            boolean isJoined = piece > 0 && !isRefused[piece] && !isRefused[piece - 1] && offset(piece) <= behind;
            if (!isJoined) {
                next[n++] = firsts[piece];
            }
            behind = offset(piece) + quantity(piece);
        }
        firsts = Arrays.copyOf(next, n);
    }

    /** Behind the widest gap, because the gap itself may be what the device refuses; without a gap in the middle. */
    private int cutPoint(int first, int end) {
        int widest = 0;
        int at = (first + end) / 2;
        int behind = end(first);
        for (int p = first + 1; p < end; p++) {
            if (points.at(p) - behind > widest) {
                widest = points.at(p) - behind;
                at = p;
            }
            behind = Math.max(behind, end(p));
        }
        return at;
    }
}
