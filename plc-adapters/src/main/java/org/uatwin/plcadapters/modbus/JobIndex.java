package org.uatwin.plcadapters.modbus;

import java.util.List;

/** Finds the read block of a point; blocks lie in the order of their points. */
final class JobIndex {
    private final PollJob[] jobs;

    JobIndex(List<PollJob> inPointOrder) {
        jobs = inPointOrder.toArray(new PollJob[0]);
    }

    PollJob of(int point) {
        int low = 0;
        int high = jobs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (jobs[middle].firstPoint <= point) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return jobs[low];
    }
}
