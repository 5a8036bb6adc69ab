package org.uatwin.simulation.detection;

import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/** What says that something is unusual. */
public enum ResidualTest {
    LIMIT("far from what is expected", "weit vom Erwarteten"),
    CUSUM("has drifted from what is expected", "weicht zunehmend vom Erwarteten ab"),
    EWMA("is off what is expected for a while", "liegt seit einer Weile neben dem Erwarteten"),
    PAGE_HINKLEY("has changed suddenly", "hat sich plötzlich verändert"),
    STUCK("does not move any more", "bewegt sich nicht mehr"),
    NOISE("scatters more than before", "streut stärker als bisher"),
    RATE("jumps", "springt"),
    MISSING("is missing often", "fehlt oft"),
    CROSS_SENSOR("does not fit the other measurements", "passt nicht zu den anderen Messungen"),
    TRIPPED(
            "says that protection has switched the asset off or that it has failed",
            "meldet Schutzabschaltung oder Ausfall"),
    BASELINE(
            "does not move together with the others as it was learned",
            "bewegt sich nicht mehr wie gelernt mit den anderen"),
    ENVELOPE("shows the knocks of a bearing fault", "zeigt die Schläge eines Lagerfehlers"),
    ZONE("vibrates more than its machine can stand for long", "schwingt stärker, als seine Maschine lange verträgt"),
    RELATION("is off its relation to the others", "passt nicht mehr zu seinem Verhältnis zu den anderen"),
    OWN_PAST("is unlike its own past", "ist anders als in seiner Vergangenheit");

    @SuppressWarnings("ImmutableEnumChecker") // a record of an unmodifiable map
    private final Text text;

    ResidualTest(String english, String german) {
        text = new Text(Map.of("en", english, "de", german));
    }

    /** What it says of a point, as the end of a sentence that begins with its name. */
    public Text text() {
        return text;
    }
}
