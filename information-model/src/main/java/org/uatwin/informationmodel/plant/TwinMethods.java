package org.uatwin.informationmodel.plant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Text;

/** The methods a twin type can offer; their signatures are fixed by the product (information model 4.7). */
final class TwinMethods {
    private static final String GROUP = "Diagnostics";
    private static final String OF_THE_SYSTEM = "Reload";
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

    private TwinMethods() {}

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

    /** Whether only the type {@code PlantFile} of the library may offer it. */
    static boolean isOfSystem(String name) {
        return name.equals(OF_THE_SYSTEM);
    }

    /** The methods a type of a plant file may offer. */
    static List<String> names() {
        return BY_NAME.keySet().stream().filter(name -> !isOfSystem(name)).toList();
    }
}
