package org.uatwin.server.launch;

import java.io.PrintWriter;
import org.uatwin.server.demo.DemoServer;

/** What the demo tells a newcomer once it runs. */
final class DemoGuide {
    private DemoGuide() {}

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
