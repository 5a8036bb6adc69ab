package org.uatwin.server.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server needs whatever its plant is, made on a thread of its own while the plant file is read. Nothing waits for it: what is
 * not ready when it is needed is made, or waited for, there.
 */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final String[] CLASSES = {
        "org.eclipse.milo.opcua.sdk.server.OpcUaServer",
        "org.eclipse.milo.opcua.sdk.server.namespaces.loader.NodeLoader",
        "org.uatwin.historian.sqlite.SqliteDriver"
    };

    private Preparation() {}

    static void begin() {
        Thread thread = new Thread(Preparation::run, "uatwin-preparation");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        for (String name : CLASSES) {
            try {
                Class.forName(name);
            } catch (ClassNotFoundException e) {
                LOG.debug("not prepared: {}", name, e);
            }
        }
    }
}
