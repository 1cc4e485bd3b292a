package io.github.ignitetasks.support;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A JVM that loads a program by a separate class loader, as Maven, containers and executable jars do. */
public final class LoaderMain {
    private LoaderMain() {}

    /** Runs a main class. Arguments: the kind of loader, the class path, and the class. */
    public static void main(String[] args) throws ReflectiveOperationException {
        URLClassLoader files = new URLClassLoader(
                Stream.of(args[1].split(File.pathSeparator, -1))
                        .map(LoaderMain::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
        ClassLoader loader = args[0].equals("files") ? files : new JarsInAJar(files);
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(args[2]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A loader that defines classes without a code source. */
    private static final class JarsInAJar extends ClassLoader {
        private final ClassLoader files;

        JarsInAJar(ClassLoader files) {
            super("jars-in-a-jar", ClassLoader.getPlatformClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream bytes = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return files.getResourceAsStream(name);
        }
    }
}
