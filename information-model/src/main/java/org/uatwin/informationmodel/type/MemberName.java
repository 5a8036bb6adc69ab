package org.uatwin.informationmodel.type;

import java.util.regex.Pattern;

/** BrowseName rule of OPC 11030: ASCII letters and digits, a letter first. */
public final class MemberName {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private MemberName() {}

    public static boolean isValid(String name) {
        return PATTERN.matcher(name).matches();
    }

    static void check(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a member name has ASCII letters and digits and starts with a letter: \"" + name + "\"");
        }
    }
}
