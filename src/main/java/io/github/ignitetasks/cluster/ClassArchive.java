package io.github.ignitetasks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class-data archive: the classes that a node loads, in the form in which a JVM has them in memory, which makes nodes
 * start faster. There is one for each class path and Java, in a cache folder. The first node of a cluster writes it if
 * it is missing, at its end. A JVM that cannot use it does without.
 *
 * @param file where it is, or will be
 */
record ClassArchive(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String NAME = "ignite-task-runner";
    private static final String DRAFT = ".draft";
    private static final String QUIET = "-Xlog:cds*=off";

    /** Returns the archive of a class path; empty if there can be none. */
    static Optional<ClassArchive> of(String classPath) {
        return in(cacheFolder(), classPath);
    }

    /** Returns the archive of a class path in a folder; empty if there can be none. */
    static Optional<ClassArchive> in(Path folder, String classPath) {
        MessageDigest digest = sha256();
        digest.update(System.getProperty("java.home").getBytes(UTF_8));
        digest.update(System.getProperty("java.vm.version").getBytes(UTF_8));
        try {
            for (String name : classPath.split(File.pathSeparator, -1)) {
                Path entry = Path.of(name);
                if (Files.isDirectory(entry)) {
                    return Optional.empty(); // Java archives classes of jars alone
                }
                digest.update(entry.toAbsolutePath().toString().getBytes(UTF_8));
                if (Files.exists(entry)) {
                    String version = Files.size(entry) + " " + Files.getLastModifiedTime(entry);
                    digest.update(version.getBytes(UTF_8));
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            LOG.debug("nodes start without a class-data archive", e);
            return Optional.empty();
        }
        return Optional.of(new ClassArchive(folder.resolve(HexFormat.of().formatHex(digest.digest()) + ".jsa")));
    }

    /** Returns the file to which a JVM may write the archive, if there is none yet. */
    Optional<Path> draftIfMissing() {
        return Files.exists(file) ? Optional.empty() : Optional.of(file.resolveSibling(UUID.randomUUID() + DRAFT));
    }

    /** Returns the options of a JVM that is to use the archive, if it is there. */
    List<String> useOptions() {
        return Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", QUIET) : List.of();
    }

    /** Returns the options of a JVM that is to write an archive to this file at its end. */
    static List<String> writeOptions(Path draft) {
        return List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xshare:auto", QUIET);
    }

    /** Makes the archive of what a JVM wrote to this file, at one stroke; of what it did not finish, nothing. */
    void publish(Path draft, boolean finished) {
        try {
            if (finished && Files.exists(draft)) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.debug("nodes start without the class-data archive {}", file, e);
        }
    }

    private static Path cacheFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", NAME)
                : Path.of(cache, NAME);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
