package org.uatwin.plcadapters.adapter;

/** Makes the links of a plant: by their adapters, recorded on the way, or out of a recording. */
@FunctionalInterface
public interface LinkOpener {
    /**
     * Makes a link; nothing is sent before {@link Link#start()}.
     *
     * @throws IllegalStateException if nobody can.
     */
    Link open(LinkOpening opening);
}
