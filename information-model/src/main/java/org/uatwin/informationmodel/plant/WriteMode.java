package org.uatwin.informationmodel.plant;

/** What happens to writes that wait for the link. */
public enum WriteMode {
    /** Each one is sent, in order. */
    ALL,
    /** Of several waiting for the same point only the newest is sent; the others answer as superseded. */
    LATEST_ONLY
}
