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
    MODEL(
            "is explained by a change of the asset or of a sensor",
            "wird durch eine Änderung der Anlage oder eines Sensors erklärt"),
    BASELINE(
            "does not move together with the others as it was learned",
            "bewegt sich nicht mehr wie gelernt mit den anderen");

    private final Text text;

    ResidualTest(String english, String german) {
        text = new Text(Map.of("en", english, "de", german));
    }

    /** What it says of a point, as the end of a sentence that begins with its name. */
    public Text text() {
        return text;
    }
}
