package org.uatwin.informationmodel.plant;

import static org.uatwin.informationmodel.plant.Keys.choice;
import static org.uatwin.informationmodel.plant.Keys.key;
import static org.uatwin.informationmodel.plant.Keys.number;
import static org.uatwin.informationmodel.plant.Keys.section;

import java.util.List;
import org.uatwin.informationmodel.plant.Keys.Kind;

/** Keys below {@code vibration:} of a waveform. */
final class VibrationKeys {
    static final Keys BEARING = new Keys(
            "bearing",
            List.of(
                    number("balls", Kind.INTEGER, 3, 200, "", "rolling elements of a row")
                            .required(),
                    key("ballDiameter", Kind.TEXT, "of one, with its unit: `7.94 mm`")
                            .required(),
                    key("pitchDiameter", Kind.TEXT, "of the circle through their centres: `39.04 mm`")
                            .required(),
                    key("contactAngle", Kind.TEXT, "`0` or `40 deg`").orElse("0 deg")));

    static final Keys VIBRATION = new Keys(
            "vibration",
            List.of(
                    section(
                            "bearing",
                            Kind.NAME_OR_SECTION,
                            BEARING,
                            "designation, as `6205-2RS` or `SKF 6308-2Z/C3`, or its dimensions"),
                    key(
                            "speed",
                            Kind.TEXT,
                            "of the shaft: a point of this twin, `twin/Point`, or a constant with unit, as"
                                    + " `1482 r/min`"),
                    number(
                            "speedRatio",
                            Kind.NUMBER,
                            1e-6,
                            1e6,
                            "1",
                            "turns of the bearing's shaft a turn of `speed`, as of a gear"),
                    number(
                            "sampleRate",
                            Kind.NUMBER,
                            10,
                            1e7,
                            "",
                            "samples a second; a waveform of a reduced channel has that of the channel"),
                    choice(
                            "machine",
                            "",
                            "class of ISO 10816-1 (`class-i` to `class-iv`), or group and support of ISO 20816-3;"
                                    + " left out: no zones",
                            "class-i",
                            "class-ii",
                            "class-iii",
                            "class-iv",
                            "group-1-rigid",
                            "group-1-flexible",
                            "group-2-rigid",
                            "group-2-flexible"),
                    key("confirm", Kind.PAIR, "`[3, 5]`: a fault is believed that shows in 3 of the last 5 snapshots")
                            .orElse("[3, 5]"),
                    number("baseline", Kind.INTEGER, 3, 10_000, "20", "first snapshots that are taken as good"),
                    key("prefix", Kind.TEXT, "names of the results begin with it; default the waveform's name")));

    private VibrationKeys() {}
}
