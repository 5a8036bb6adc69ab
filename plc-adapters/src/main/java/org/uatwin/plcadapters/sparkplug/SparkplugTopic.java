package org.uatwin.plcadapters.sparkplug;

import java.util.Locale;
import java.util.Optional;

/**
 * A topic of Sparkplug B (specification 3.0, section 4): {@code spBv1.0/group/TYPE/node[/device]}.
 *
 * @param device empty for messages of the edge node itself.
 */
public record SparkplugTopic(String group, Type type, String node, String device) {
    public static final String NAMESPACE = "spBv1.0";

    /** Kinds of messages an edge node or a host sends. */
    public enum Type {
        NBIRTH,
        NDEATH,
        NDATA,
        NCMD,
        DBIRTH,
        DDEATH,
        DDATA,
        DCMD
    }

    /** The topic; empty if it is none of Sparkplug, or a STATE. */
    public static Optional<SparkplugTopic> parse(String topic) {
        if (!topic.startsWith(NAMESPACE + "/")) {
            return Optional.empty();
        }
        String[] levels = topic.split("/", -1);
        if (levels.length != 4 && levels.length != 5) {
            return Optional.empty();
        }
        for (Type type : Type.values()) {
            if (type.name().equals(levels[2])) {
                boolean isOfDevice = type.name().startsWith("D");
                return isOfDevice == (levels.length == 5)
                        ? Optional.of(new SparkplugTopic(levels[1], type, levels[3], isOfDevice ? levels[4] : ""))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The topic of commands to that node, or to one of its devices. */
    public static String command(String group, String node, String device) {
        return device.isEmpty()
                ? "%s/%s/NCMD/%s".formatted(NAMESPACE, group, node)
                : "%s/%s/DCMD/%s/%s".formatted(NAMESPACE, group, node, device);
    }

    /** The topic on which a host says that it is there (section 6.4.28). */
    public static String state(String hostId) {
        return "%s/STATE/%s".formatted(NAMESPACE, hostId);
    }

    @Override
    public String toString() {
        String text = "%s/%s/%s/%s".formatted(NAMESPACE, group, type.name().toUpperCase(Locale.ROOT), node);
        return device.isEmpty() ? text : text + "/" + device;
    }
}
