package org.uatwin.server.launch;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.server.demo.DemoServer;

/** What the demo tells a newcomer once it runs. */
final class DemoGuide {
    private DemoGuide() {}

    /** The same for a plant of its own; its folder says what to try. */
    static void print(PrintWriter out, PlantDemo demo, Path data) {
        Plant plant = demo.server().live().plant();
        out.printf(
                """
                uatwin demo: %s, %d twins, %s.

                  Endpoint       %s
                  Users          operator/operator and admin/admin. THEY ARE FOR THE DEMO ONLY: everybody knows them.
                  Plant file     %s
                  Ground truth   %s
                %n""",
                plant.name().isEmpty()
                        ? plant.siteId()
                        : plant.name().in(List.of("en")).text(),
                plant.twins().size(),
                demo.devices().summary(),
                demo.server().endpointUrl(),
                demo.plantFile(),
                data.resolve("ground-truth.csv"));
        VirtualLaunch.printEndpoints(out, demo.devices());
        out.println();
        for (String line : demo.guide()) {
            out.println(line.replace("{data}", data.toString()));
        }
        out.printf(
                """

                Break something        ./uatwin virtual fault TARGET KIND [NAME=VALUE]... --data %s
                All kinds              docs/reference/virtual-devices.md

                End with Ctrl-C.
                %n""",
                data);
        out.flush();
    }

    static void print(PrintWriter out, DemoServer demo) {
        String endpoint = demo.server().endpointUrl();
        out.printf(
                """
                uatwin demo: a conveyor line with its feed pump, as digital twins.

                  Endpoint       %s
                  Users          operator/operator and admin/admin. THEY ARE FOR THE DEMO ONLY: everybody knows them.
                  Plant file     %s

                Connect with UaExpert, Ignition or any OPC UA client, or try from another terminal:
                  ./uatwin client browse
                  ./uatwin client watch pump-01/Flow pump-01/DischargePressure
                  ./uatwin client call pump-01 WhatIf SpeedSetpoint 2400 DischargePressure 60 --user operator --password operator
                  ./uatwin client write pump-01/SpeedSetpoint 2700 --user operator --password operator
                  ./uatwin demo fault pump-01 wear        then ask the same what-if again; undo with: clear
                  ./uatwin reload --user admin --password admin       after a change of the plant file; nobody is cut off

                NodeIds to paste
                  ns=2;s=pump-01/Flow                     ns=2;s=pump-01/SpeedSetpoint
                  ns=2;s=conveyor-01/BeltSpeed            ns=2;s=conveyor-01/ZoneSpeedSetpoints
                  ns=2;s=pump-01 (object) with ns=2;s=pump-01/MethodSet/WhatIf (method)

                End with Ctrl-C.
                """,
                endpoint, demo.plantFile());
        out.println();
        out.flush();
    }
}
