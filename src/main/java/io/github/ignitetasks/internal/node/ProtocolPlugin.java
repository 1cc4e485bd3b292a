package io.github.ignitetasks.internal.node;

import java.io.Serializable;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that adds the {@link Protocol} attributes to each Ignite node that has this library on its class path. It
 * does nothing else. Ignite finds the plugin with {@link java.util.ServiceLoader}, unless a configuration lists its
 * plugins.
 */
public final class ProtocolPlugin implements PluginProvider<PluginConfiguration> {
    private static final IgnitePlugin PLUGIN = new IgnitePlugin() {};

    /** Creates the plugin. Ignite calls this constructor. */
    public ProtocolPlugin() {}

    @Override
    public String name() {
        return "ignite-tasks";
    }

    @Override
    public String version() {
        return "protocol " + Protocol.MESSAGES;
    }

    @Override
    public String copyright() {
        return "Apache-2.0";
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Ignite declares it
    public <T extends IgnitePlugin> T plugin() {
        return (T) PLUGIN;
    }

    /** Adds the attributes before Ignite reads the attributes of the node. */
    @Override
    public void initExtensions(PluginContext context, ExtensionRegistry registry) {
        Protocol.announce(context.igniteConfiguration());
    }

    @Override
    public <T> @Nullable T createComponent(PluginContext context, Class<T> type) {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Ignite declares it
    public @Nullable CachePluginProvider<?> createCacheProvider(CachePluginContext context) {
        return null;
    }

    @Override
    public void start(PluginContext context) {}

    @Override
    public void stop(boolean cancel) {}

    @Override
    public void onIgniteStart() {}

    @Override
    public void onIgniteStop(boolean cancel) {}

    @Override
    public @Nullable Serializable provideDiscoveryData(UUID node) {
        return null;
    }

    @Override
    public void receiveDiscoveryData(UUID node, Serializable data) {}

    @Override
    @Deprecated
    public void validateNewNode(ClusterNode node) {}
}
