package org.uatwin.informationmodel.plant;

/**
 * Where a twin stands in the site (ISA-95 area and line).
 *
 * @param area name, empty if the twin hangs directly below the site.
 * @param line name, empty if it hangs directly below the area.
 */
public record Place(String area, String line) {
    public static final Place SITE = new Place("", "");

    public Place {
        if (area.isEmpty() && !line.isEmpty()) {
            throw new IllegalArgumentException("a line belongs to an area: line " + line);
        }
    }
}
