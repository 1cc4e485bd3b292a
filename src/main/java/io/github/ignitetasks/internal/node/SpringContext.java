package io.github.ignitetasks.internal.node;

import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.context.support.GenericXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.UrlResource;

/**
 * The content of a Spring XML file: the configuration of a node, and its beans. Only this class uses Spring, and it is
 * loaded only if Spring is present.
 */
final class SpringContext implements AutoCloseable {
    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final GenericXmlApplicationContext context;
    private final IgniteConfiguration node;

    private SpringContext(GenericXmlApplicationContext context, IgniteConfiguration node) {
        this.context = context;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalStateException if the file is invalid; the message names it
     */
    static SpringContext read(URL file) {
        GenericXmlApplicationContext context = new GenericXmlApplicationContext();
        try {
            context.getEnvironment()
                    .getPropertySources()
                    .replace(ENVIRONMENT, new MapPropertySource(ENVIRONMENT, environment()));
            context.load(new UrlResource(file));
            context.refresh();
            return new SpringContext(context, context.getBean(IgniteConfiguration.class));
        } catch (NoSuchBeanDefinitionException e) {
            context.close();
            throw new IllegalStateException(
                    "the Spring XML file " + file + " must define one bean of " + IgniteConfiguration.class.getName()
                            + ", which it does not: " + e.getMessage(),
                    e);
        } catch (BeansException e) {
            context.close();
            throw new IllegalStateException(
                    "the Spring XML file " + file + " is not right; correct this: "
                            + innermost(e).getMessage(),
                    e);
        }
    }

    /**
     * Returns the environment without empty variables. A compose file passes a variable that is not set as an empty
     * string.
     */
    private static Map<String, Object> environment() {
        Map<String, Object> environment = new HashMap<>(System.getenv());
        environment.values().removeIf(""::equals);
        return environment;
    }

    /**
     * Returns the most informative exception. Spring's innermost exception names the property; deeper causes name only
     * its value.
     */
    private static BeansException innermost(BeansException thrown) {
        BeansException innermost = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BeansException problem) {
                innermost = problem;
            }
        }
        return innermost;
    }

    /** Returns the configuration of the node. */
    IgniteConfiguration node() {
        return node;
    }

    /** Destroys the beans. */
    @Override
    public void close() {
        context.close();
    }
}
