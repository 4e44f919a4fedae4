package io.github.dl4jsparse.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;

/**
 * The file that a writer replaces: symbolic links are resolved, and attributes of the old file are copied to the new
 * one.
 *
 * @param path     absolute, no symbolic link, in a directory that exists
 * @param replaces whether there is a file
 * @param unix     mode, uid, gid and nlink of the file that is there; null where there is none, or no such attributes
 */
record TargetFile(Path path, boolean replaces, Map<String, Object> unix) {
    private static final int MOST_LINKS = 40;
    private static final int PERMISSIONS = 07777;
    private static final int GROUP = 070;
    private static final int GROUP_SHIFT = 3;

    /**
     * @throws IOException if it is no regular file that can be replaced; the message says why, without its name
     */
    static TargetFile of(Path target) throws IOException {
        Path file = followed(target.toAbsolutePath());
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new IOException("its directory does not exist");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new TargetFile(file, false, null);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("it must be a regular file, got a pipe, a socket or a device:"
                    + " write to a file, and copy that one to it");
        }
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        Map<String, Object> unix =
                file.getFileSystem().supportedFileAttributeViews().contains("unix")
                        ? Files.readAttributes(file, "unix:mode,uid,gid,nlink")
                        : null;
        if (unix != null && (int) unix.get("nlink") > 1) {
            throw new IOException(
                    "it must be the only hard link to its content, as the others would keep the old one, got "
                            + unix.get("nlink") + " links: delete it before, or give another name");
        }
        return new TargetFile(file, true, unix);
    }

    private static Path followed(Path target) throws IOException {
        Path file = target;
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its symbolic links lead to no file, as they form a circle");
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    /**
     * Gives a new file the mode of its predecessor, its owner and group where this user may, access lists on Windows and
     * the user's own attributes. Where the group can't be kept, the new one is allowed no more than everybody.
     *
     * @param successor the new file
     */
    void handOn(Path successor) throws IOException {
        if (!replaces) {
            return;
        }
        if (unix != null) {
            own(successor);
        }
        AclFileAttributeView access = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (access != null) {
            Files.getFileAttributeView(successor, AclFileAttributeView.class).setAcl(access.getAcl());
        }
        copyUserAttributes(successor);
    }

    private void own(Path successor) throws IOException {
        int mode = (int) unix.get("mode") & PERMISSIONS;
        // chown clears the bits of set-user-id, so that the mode comes last
        set(successor, "uid");
        if (!set(successor, "gid")) {
            mode = mode & ~GROUP | mode & GROUP & mode << GROUP_SHIFT;
        }
        if (((int) Files.getAttribute(successor, "unix:mode") & PERMISSIONS) != mode) {
            Files.setAttribute(successor, "unix:mode", mode);
        }
    }

    /** Sets an owner; returns whether that succeeded. */
    private boolean set(Path successor, String owner) throws IOException {
        Object wanted = unix.get(owner);
        if (wanted.equals(Files.getAttribute(successor, "unix:" + owner))) {
            return true;
        }
        try {
            Files.setAttribute(successor, "unix:" + owner, wanted);
            return true;
        } catch (IOException notAllowed) {
            // only root may give files away
            return false;
        }
    }

    private void copyUserAttributes(Path successor) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            return;
        }
        UserDefinedFileAttributeView from = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        UserDefinedFileAttributeView to = Files.getFileAttributeView(successor, UserDefinedFileAttributeView.class);
        for (String name : from.list()) {
            ByteBuffer value = ByteBuffer.allocate(from.size(name));
            from.read(name, value);
            to.write(name, value.flip());
        }
    }
}
