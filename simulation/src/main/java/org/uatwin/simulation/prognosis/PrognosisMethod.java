package org.uatwin.simulation.prognosis;

import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/** How a remaining life was found. */
public enum PrognosisMethod {
    /** Damage of the twin's model, moved on under the future load to its limit. */
    PHYSICS("physics", 4, "physics of the twin's damage", "Physik der Schädigung des Zwillings"),
    /** A point that grows towards a limit. */
    TREND("trend", 2, "trend of a point", "Verlauf eines Punktes"),
    /** Histories of others that looked alike. */
    SIMILARITY("similarity", 1.5, "histories that look alike", "ähnliche Verläufe"),
    /** A regression learned from histories that ran to failure. */
    REGRESSION("regression", 3, "learned from runs to failure", "gelernt aus Läufen bis zum Ausfall");

    private final String key;
    private final double rank;
    private final String english;
    private final String german;

    PrognosisMethod(String key, double rank, String english, String german) {
        this.key = key;
        this.rank = rank;
        this.english = english;
        this.german = german;
    }

    /** Weight of a method nobody has a past of. */
    double rank() {
        return rank;
    }

    /** Name in answers and files. */
    public String key() {
        return key;
    }

    /** For people. */
    public Text text() {
        return new Text(Map.of("en", english, "de", german));
    }
}
