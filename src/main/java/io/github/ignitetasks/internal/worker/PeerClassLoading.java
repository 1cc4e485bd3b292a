package io.github.ignitetasks.internal.worker;

import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * How a grid loads the classes of peers, which says what class Ignite is told to deploy with calls. Ignite looks that class
 * up on every node that gets calls, on a thread of its own, and initializes it there: a static initializer of the user would
 * hold up the node, before any task has begun.
 */
public enum PeerClassLoading {
    /** Not at all: a class of this library will do. */
    OFF {
        @Override
        Class<?> deployed(Class<?> type) {
            return Exchange.class;
        }
    },

    /** By a loader for each loader of a peer. An array is of its component's loader, and initializes nothing. */
    BY_LOADER {
        @Override
        Class<?> deployed(Class<?> type) {
            return type.arrayType();
        }
    },

    /** By a loader for several peers: these must have the file of the class, so that it is a class of the user. */
    SHARED {
        @Override
        Class<?> deployed(Class<?> type) {
            return type;
        }
    };

    /** Returns how the grid of a node does. */
    public static PeerClassLoading of(Ignite ignite) {
        IgniteConfiguration configuration = ignite.configuration();
        if (!configuration.isPeerClassLoadingEnabled()) {
            return OFF;
        }
        DeploymentMode mode = configuration.getDeploymentMode();
        return mode == DeploymentMode.ISOLATED || mode == DeploymentMode.PRIVATE ? BY_LOADER : SHARED;
    }

    /** Returns the class to deploy, so that classes of the loader of this one are found. */
    abstract Class<?> deployed(Class<?> type);
}
