package org.uatwin.server.assembly;

import java.util.Optional;

/** Version of this build. */
public final class Version {
    private Version() {}

    /** As in the POM, for example {@code 0.1.0-SNAPSHOT}; {@code development} when not run from a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** The build number shown in BuildInfo. */
    static String build() {
        return text();
    }
}
