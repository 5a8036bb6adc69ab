package org.uatwin.plcadapters.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where segments are written; tests have one that fills up. */
interface Disk {
    /** A file under way. */
    interface Segment extends AutoCloseable {
        /** Writes something of it, as a channel does. */
        void write(ByteBuffer from) throws IOException;

        /** Hands it to the disk itself. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Makes a new file, readable by its owner only. */
    Segment create(Path file) throws IOException;

    /** The one of this machine. */
    Disk LOCAL = file -> {
        FileChannel channel =
                Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                        ? FileChannel.open(
                                file,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                        : FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Segment() {
            @Override
            public void write(ByteBuffer from) throws IOException {
                channel.write(from);
            }

            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    };
}
