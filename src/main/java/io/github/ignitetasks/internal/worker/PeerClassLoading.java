package io.github.ignitetasks.internal.worker;

import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.DeploymentMode;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * How a grid loads the classes of peers; it determines the class that Ignite deploys with calls. Ignite looks that
 * class up on every node that gets calls, on one of its own threads, and initializes it there. A static initializer of
 * the user would block the node before any task has begun.
 */
public enum PeerClassLoading {
    /** No peer class loading; a class of this library serves. */
    OFF {
        @Override
        Class<?> deployed(Class<?> type) {
            return Exchange.class;
        }
    },

    /** One loader for each loader of a peer. An array class has its component's loader, and initializes nothing. */
    BY_LOADER {
        @Override
        Class<?> deployed(Class<?> type) {
            return type.arrayType();
        }
    },

    /** One loader for several peers. These need the file of the class, so it must be a class of the user. */
    SHARED {
        @Override
        Class<?> deployed(Class<?> type) {
            return type;
        }
    };

    /** Returns how the grid of a node loads classes. */
    public static PeerClassLoading of(Ignite ignite) {
        IgniteConfiguration configuration = ignite.configuration();
        if (!configuration.isPeerClassLoadingEnabled()) {
            return OFF;
        }
        DeploymentMode mode = configuration.getDeploymentMode();
        return mode == DeploymentMode.ISOLATED || mode == DeploymentMode.PRIVATE ? BY_LOADER : SHARED;
    }

    /** Returns the class to deploy, so that Ignite finds the classes of this one's loader. */
    abstract Class<?> deployed(Class<?> type);
}
