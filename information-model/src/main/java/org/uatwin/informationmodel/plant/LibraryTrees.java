package org.uatwin.informationmodel.plant;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Run by the build: writes the type library's trees beside its files. One argument, the folder of the compiled classes. */
public final class LibraryTrees {
    private LibraryTrees() {}

    /** @throws IllegalStateException if a file of the library is broken: the build fails. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], "org", "uatwin", "types", TypeLibrary.TREES);
        Path fresh = file.resolveSibling(TypeLibrary.TREES + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            TypeLibrary.writeTrees(out);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
