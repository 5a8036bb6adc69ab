package org.uatwin.server.assembly;

import java.util.concurrent.ThreadPoolExecutor;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.server.address.PlantItems;
import org.uatwin.server.method.TwinCalls;
import org.uatwin.server.service.TwinServer;

/** Which queue each point of the server's twin shows. */
final class QueueSources {
    private QueueSources() {}

    static void ofLanes(QueueTwin twin, PointTable table) {
        twin.number("LanesWaiting", () -> {
            long sum = 0;
            for (int shard = 0; shard < table.shardCount(); shard++) {
                sum += table.pending(shard);
            }
            return sum;
        });
        twin.number("LongestLane", () -> {
            long longest = 0;
            for (int shard = 0; shard < table.shardCount(); shard++) {
                longest = Math.max(longest, table.pending(shard));
            }
            return longest;
        });
    }

    static void ofClients(QueueTwin twin, TwinServer server, PlantItems items) {
        ItemFigures figures = new ItemFigures();
        twin.number("Delivered", items::delivered);
        twin.number("MonitoredItems", () -> {
            figures.look(server.getSubscriptions().values());
            return figures.items();
        });
        twin.number("ItemOverflows", figures::overflows); // after the look
        twin.number("EventOverflows", () -> server.events().lost());
    }

    static void ofComputed(QueueTwin twin, ComputedPoints computed) {
        twin.number("ComputedWaiting", computed::waiting);
        twin.number("ComputedCapacity", computed::capacity);
        twin.number("ComputedLost", computed::lost);
    }

    static void ofVibration(QueueTwin twin, Vibration vibration) {
        twin.number("VibrationWaiting", () -> vibration.current().waiting());
        twin.number("VibrationCapacity", () -> vibration.current().capacity());
        twin.number("VibrationLost", vibration::lost);
    }

    static void ofHistory(QueueTwin twin, History history) {
        twin.number("HistoryWaiting", () -> history.written().unacknowledged());
        twin.number("HistoryCapacity", () -> history.written().capacity());
        twin.number("HistoryAccepted", () -> history.written().accepted());
        twin.number("HistoryLost", () -> history.written().refused());
        twin.number("HistoryFailed", () -> history.written().failed());
        twin.number("HistoryReadsWaiting", () -> history.readsWaiting());
        twin.number("HistoryReadsRefused", () -> history.read().refused());
    }

    static void ofCalls(QueueTwin twin, TwinCalls calls, ThreadPoolExecutor pool, int capacity) {
        twin.number("CallsWaiting", () -> pool.getQueue().size());
        twin.number("CallsCapacity", () -> capacity);
        twin.number("CallsRefused", calls::refused);
    }

    static void ofRecorder(QueueTwin twin, Recorder recorder) {
        twin.number("RecordingRecords", () -> recorder.statistics().records());
        twin.number("RecordingBytes", () -> recorder.statistics().bytes());
        twin.number("RecordingLost", () -> recorder.statistics().lost());
        twin.number("RecordingDropped", () -> recorder.statistics().droppedSegments());
        twin.text("RecordingProblem", () -> recorder.statistics().problem());
    }
}
