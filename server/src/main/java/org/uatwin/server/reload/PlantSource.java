package org.uatwin.server.reload;

import org.uatwin.informationmodel.plant.PlantReading;

/** Where a server's plant comes from, so that it can be read again. */
@FunctionalInterface
public interface PlantSource {
    /** Reads the plant as it is now; never throws for what is wrong with the file. */
    PlantReading read();
}
