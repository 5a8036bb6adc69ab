package org.uatwin.historian.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Connections to SQLite files. The driver's native library is unpacked here: the driver does it, too, but then compares the copy byte
 * by byte with the original, which takes a starting server longer than opening all of its files.
 */
public final class SqliteDriver {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDriver.class);
    private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";

    static {
        if (System.getProperty(LIBRARY_FOLDER) == null) { // whoever sets it has a library of his own
            try {
                loadLibrary();
            } catch (Exception e) {
                LOG.debug("the driver unpacks its library itself", e);
            }
        }
    }

    private SqliteDriver() {}

    /** Opens a file, making it if it does not exist. */
    public static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void loadLibrary() throws Exception {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path folder = Files.createTempDirectory("uatwin-sqlite-");
        Path library = folder.resolve(name);
        try (InputStream in =
                SqliteDriver.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (in == null) {
                throw new IOException("no library for this system");
            }
            Files.copy(in, library);
            System.setProperty(LIBRARY_FOLDER, folder.toString());
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(LIBRARY_FOLDER);
            remove(folder, library);
        }
    }

    /** At once where the system allows that of a loaded library, else when the program ends. */
    private static void remove(Path folder, Path library) {
        try {
            Files.deleteIfExists(library);
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // the last one named goes first
            library.toFile().deleteOnExit();
        }
    }
}
