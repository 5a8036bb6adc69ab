package org.uatwin.informationmodel.plant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Text;

/** The methods a twin type can offer; their signatures are fixed by the product (information model 4.7). */
final class TwinMethods {
    private static final String GROUP = "Diagnostics";
    private static final String OF_THE_SYSTEM = "Reload";
    private static final String OF_MAINTENANCE = "Maintenance";
    private static final Set<String> OF_LEARNING = Set.of("GetRunStatus", "CancelRun");
    private static final Map<String, Member.Method> BY_NAME = new LinkedHashMap<>();

    static {
        add(
                "WhatIf",
                "What if",
                "Was wäre wenn",
                "Predicts one output after one changed parameter, from the live state, without touching the plant.",
                "Sagt einen Ausgang nach einer Änderung voraus, vom Ist-Zustand aus, ohne Eingriff in die Anlage.");
        add(
                "Simulate",
                "Simulate",
                "Simulieren",
                "Starts a simulation run from the live state and answers its RunId.",
                "Startet einen Simulationslauf vom Ist-Zustand aus und nennt seine RunId.");
        add(
                "GetRunStatus",
                "Get run status",
                "Laufstatus lesen",
                "State and progress of a simulation run.",
                "Zustand und Fortschritt eines Simulationslaufs.");
        add(
                "GetRunSeries",
                "Get run series",
                "Laufverlauf lesen",
                "The series of one output of a finished simulation run.",
                "Der Verlauf eines Ausgangs eines beendeten Simulationslaufs.");
        add(
                "CancelRun",
                "Cancel run",
                "Lauf abbrechen",
                "Cancels a simulation run.",
                "Bricht einen Simulationslauf ab.");
        add(
                "GetRunResult",
                "Get run result",
                "Laufergebnis lesen",
                "Key figures and events of a finished simulation run, against the run without its changes.",
                "Kennzahlen und Ereignisse eines beendeten Simulationslaufs, gegen den Lauf ohne Änderungen.");
        add(
                "DescribeModel",
                "Describe model",
                "Modell beschreiben",
                "What WhatIf and Simulate can be asked: parameters with ranges, outputs, scenarios.",
                "Was WhatIf und Simulate gefragt werden können: Parameter mit Bereichen, Ausgänge, Szenarien.");
        add(
                "ApplySetpoints",
                "Apply setpoints",
                "Sollwerte übernehmen",
                "Checks setpoints, sends them all or none, and reads them back.",
                "Prüft Sollwerte, sendet alle oder keinen und liest sie zurück.",
                "Operational");
        add(
                "SetControlMode",
                "Set control mode",
                "Betriebsart setzen",
                "Switches the automatic mode that the plant file declares off, to advice only, or on.",
                "Schaltet die Automatik der Anlagendatei aus, auf nur Rat oder ein.",
                "Operational");
        add(
                "Optimize",
                "Optimize",
                "Optimieren",
                "Starts a search for the best decision from the live state and answers its RunId.",
                "Startet die Suche nach der besten Entscheidung vom Ist-Zustand aus und nennt ihre RunId.");
        add(
                "DescribeObjectives",
                "Describe objectives",
                "Ziele beschreiben",
                "What Optimize can be asked: objectives with their settings, decisions and limits.",
                "Was Optimize gefragt werden kann: Ziele mit Einstellungen, Entscheidungen und Grenzen.");
        add(
                OF_THE_SYSTEM,
                "Reload",
                "Neu laden",
                "Reads the plant file again and takes over what changed; nothing else notices.",
                "Liest die Anlagendatei neu und übernimmt, was sich geändert hat; alles andere läuft weiter.");
    }

    static {
        maintenance(
                "AssessHealth",
                "Assess health",
                "Gesundheit bewerten",
                "Health score and condition of the asset, with what they rest on.",
                "Gesundheitswert und Zustand der Anlage, und worauf sie beruhen.");
        maintenance(
                "PredictRemainingUsefulLife",
                "Predict remaining life",
                "Restlebensdauer vorhersagen",
                "Time until the first failure mode is reached, with its interval and the probability of failure.",
                "Zeit bis zur ersten Ausfallart, mit Intervall und Ausfallwahrscheinlichkeit.");
        maintenance(
                "Diagnose",
                "Diagnose",
                "Diagnose",
                "The failure mode that explains what is seen, with its evidence and the others that could.",
                "Die Ausfallart, die das Gesehene erklärt, mit Belegen und den anderen möglichen.");
        maintenance(
                "PlanMaintenance",
                "Plan maintenance",
                "Instandhaltung planen",
                "What to do when, and what deferring it would risk.",
                "Was wann zu tun ist, und was ein Aufschub riskiert.");
        maintenance(
                "RecordMaintenance",
                "Record maintenance",
                "Instandhaltung eintragen",
                "Keeps what was done, and lets the twin begin anew where it makes the asset as new.",
                "Hält fest, was getan wurde, und lässt den Zwilling dort neu beginnen, wo die Anlage wie neu ist.");
        maintenance(
                "LearnBaseline",
                "Learn baseline",
                "Normalverhalten lernen",
                "Learns from history what is normal for the asset; answers a RunId.",
                "Lernt aus der Historie, was für die Anlage normal ist; nennt eine RunId.");
        maintenance(
                "ListModels",
                "List models",
                "Modelle auflisten",
                "The learned models that are kept of the asset.",
                "Die gelernten Modelle, die von der Anlage aufbewahrt werden.");
        maintenance(
                "RollbackModel",
                "Roll back model",
                "Modell zurücksetzen",
                "Uses an earlier learned model again.",
                "Verwendet ein früher gelerntes Modell wieder.");
        maintenance(
                "ExportModel",
                "Export model",
                "Modell ausgeben",
                "A learned model as a text to be kept elsewhere.",
                "Ein gelerntes Modell als Text, um es anderswo aufzubewahren.");
        maintenance(
                "ScheduleMaintenance",
                "Schedule maintenance",
                "Instandhaltung einplanen",
                "Plan of the asset and all its parts, grouped into windows, a row for each job.",
                "Plan der Anlage und aller ihrer Teile, in Fenster gelegt, eine Zeile je Arbeit.");
        maintenance(
                "DeferMaintenance",
                "Defer maintenance",
                "Instandhaltung aufschieben",
                "What it risks and costs to do planned work later.",
                "Was es riskiert und kostet, geplante Arbeit später zu tun.");
        maintenance(
                "RecordFailure",
                "Record failure",
                "Ausfall eintragen",
                "Keeps that the asset failed and was repaired.",
                "Hält fest, dass die Anlage ausfiel und instand gesetzt wurde.");
        maintenance(
                "ListMaintenance",
                "List maintenance",
                "Instandhaltung auflisten",
                "What was done to the asset and its parts, the latest first.",
                "Was an der Anlage und ihren Teilen getan wurde, das Letzte zuerst.");
    }

    private TwinMethods() {}

    private static void maintenance(String name, String en, String de, String descriptionEn, String descriptionDe) {
        add(name, en, de, descriptionEn, descriptionDe, OF_MAINTENANCE);
    }

    private static void add(String name, String en, String de, String descriptionEn, String descriptionDe) {
        add(name, en, de, descriptionEn, descriptionDe, GROUP);
    }

    private static void add(
            String name, String en, String de, String descriptionEn, String descriptionDe, String group) {
        BY_NAME.put(
                name,
                new Member.Method(
                        name,
                        new Text(Map.of("en", en, "de", de)),
                        new Text(Map.of("en", descriptionEn, "de", descriptionDe)),
                        group));
    }

    static Optional<Member.Method> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Methods every watched twin has: those about its maintenance, and those about the run of a learning. */
    static List<Member.Method> ofWatchedTwins() {
        return BY_NAME.values().stream()
                .filter(method -> isOfMaintenance(method) || OF_LEARNING.contains(method.name()))
                .toList();
    }

    /** Whether a member is a method that only watched twins have. */
    static boolean isOfMaintenance(Member member) {
        return member instanceof Member.Method method && method.group().equals(OF_MAINTENANCE);
    }

    /** Whether only the type {@code PlantFile} of the library may offer it. */
    static boolean isOfSystem(String name) {
        return name.equals(OF_THE_SYSTEM);
    }

    /** The methods a type of a plant file may offer. */
    static List<String> names() {
        return BY_NAME.values().stream()
                .filter(method -> !isOfSystem(method.name()) && !isOfMaintenance(method))
                .map(Member.Method::name)
                .toList();
    }
}
