package org.uatwin.simulation.prognosis;

import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/** How a remaining life was found. */
public enum PrognosisMethod {
    /** Damage of the twin's model, moved on under the future load to its limit. */
    PHYSICS("physics", Map.of("en", "physics of the twin's damage", "de", "Physik der Schädigung des Zwillings")),
    /** A point that grows towards a limit. */
    TREND("trend", Map.of("en", "trend of a point", "de", "Verlauf eines Punktes")),
    /** Histories of others that looked alike. */
    SIMILARITY("similarity", Map.of("en", "histories that look alike", "de", "ähnliche Verläufe")),
    /** A regression learned from histories that ran to failure. */
    REGRESSION("regression", Map.of("en", "learned from runs to failure", "de", "gelernt aus Läufen bis zum Ausfall"));

    private final String key;
    private final Text text;

    PrognosisMethod(String key, Map<String, String> text) {
        this.key = key;
        this.text = new Text(text);
    }

    /** Name in answers and files. */
    public String key() {
        return key;
    }

    /** For people. */
    public Text text() {
        return text;
    }
}
