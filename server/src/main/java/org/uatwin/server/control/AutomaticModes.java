package org.uatwin.server.control;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** The automatic modes of the plant's twins, brought forward ten times a second. Any thread. */
public final class AutomaticModes {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticModes.class);
    private static final long STEP_NANOS = 100_000_000L;
    private static final String MODE_KEY = "/mode";

    private final SetpointGate gate;
    private final SetpointBatch batch;
    private final ControlTime time;
    private final Function<AutomaticRule, Recommender> recommenders;
    private final ModeChanged changes;
    private volatile Map<String, AutomaticMode> modes; // by twin id; replaced as a whole by the reloading thread
    private volatile boolean isRunning;

    /** Gets every change of a mode: on the thread that steps, or on that of whoever set it. */
    @FunctionalInterface
    public interface ModeChanged {
        void changed(TwinInstance twin, ControlMode before, ControlMode now, String reason, String who);
    }

    /**
     * @param recommenders who recommends by a rule.
     * @param changes must not block.
     */
    public AutomaticModes(
            LivePlant live,
            SetpointGate gate,
            SetpointBatch batch,
            ControlTime time,
            Function<AutomaticRule, Recommender> recommenders,
            ModeChanged changes) {
        this.gate = gate;
        this.batch = batch;
        this.time = time;
        this.recommenders = recommenders;
        this.changes = changes;
        modes = modes(live);
    }

    private Map<String, AutomaticMode> modes(LivePlant live) {
        Map<String, AutomaticMode> made = new LinkedHashMap<>();
        AutomaticMode.Parts parts = new AutomaticMode.Parts(live, gate, batch, time, this::changed);
        for (TwinInstance twin : live.instances()) {
            if (!twin.isSystem()) {
                twin.twin()
                        .control()
                        .automatic()
                        .ifPresent(rule ->
                                made.put(twin.id(), new AutomaticMode(twin, rule, parts, recommenders.apply(rule))));
            }
        }
        return made;
    }

    private void changed(TwinInstance twin, ControlMode before, ControlMode now, String reason, String who) {
        if (now == ControlMode.FALLBACK) {
            LOG.warn("{}: {} gave up: {}", twin.id(), before.text(), reason);
        } else {
            LOG.info("{}: {} is {} now: {}", twin.id(), before.text(), now.text(), reason);
        }
        changes.changed(twin, before, now, reason, who);
    }

    /** Takes up what was saved before a restart, by {@code twin/mode}; before {@link #start}. */
    public void restore(Map<String, byte[]> saved) {
        modes.forEach((id, mode) -> {
            byte[] state = saved.get(id + MODE_KEY);
            String name = state == null ? "" : new String(state, StandardCharsets.UTF_8);
            for (ControlMode known : ControlMode.values()) {
                if (known.name().equals(name)) {
                    mode.resume(known, "the server was restarted, %s before".formatted(known.text()));
                }
            }
        });
    }

    /** The modes, by {@code twin/mode}. */
    public Map<String, byte[]> save() {
        Map<String, byte[]> states = new HashMap<>();
        modes.forEach((id, mode) ->
                states.put(id + MODE_KEY, mode.status().mode().name().getBytes(StandardCharsets.UTF_8)));
        return states;
    }

    /** Begins to bring the modes forward. */
    public void start() {
        isRunning = true;
        time.after(STEP_NANOS, this::step);
    }

    private void step() {
        if (!isRunning) {
            return;
        }
        for (AutomaticMode mode : modes.values()) {
            try {
                mode.step();
            } catch (RuntimeException e) {
                LOG.error(
                        "the automatic mode of {} failed; please report this",
                        mode.twin().id(),
                        e);
            }
        }
        time.after(STEP_NANOS, this::step);
    }

    /** Brings no mode forward any more. */
    public void stop() {
        isRunning = false;
    }

    /** Follows a reload: a mode by the same rule goes on, another one has to be set again. */
    public void follow(LivePlant after) {
        Map<String, AutomaticMode> next = modes(after);
        modes.forEach((id, before) -> {
            AutomaticMode now = next.get(id);
            if (now == null) {
                return;
            }
            boolean isSame = now.twin().twin().equals(before.twin().twin());
            ControlMode mode = before.status().mode();
            if (isSame || mode != ControlMode.AUTOMATIC) {
                now.proceed(mode, isSame ? before.status().reason() : "the plant file was reloaded");
            } else {
                now.proceed(ControlMode.MANUAL, "the plant file says something else now; set Automatic again");
                changed(now.twin(), mode, ControlMode.MANUAL, now.status().reason(), "System/reload");
            }
        });
        modes = next;
    }

    /** How the mode of a twin stands; null if it has none. */
    public @Nullable ControlStatus status(TwinInstance twin) {
        AutomaticMode mode = modes.get(twin.id());
        return mode == null ? null : mode.status();
    }

    /**
     * Sets the mode of a twin for a person.
     *
     * @return why it cannot be set, for people; empty if it was.
     */
    public String set(TwinInstance twin, ControlMode wanted, String user, String why) {
        AutomaticMode mode = modes.get(twin.id());
        return mode == null
                ? "the plant file declares no automatic mode for %s".formatted(twin.id())
                : mode.set(wanted, user, why);
    }
}
