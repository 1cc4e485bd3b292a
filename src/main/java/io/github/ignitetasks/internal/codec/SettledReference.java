package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.internal.context.SettledUpstream;
import java.io.Serializable;

/**
 * A stand-in for a {@link SettledUpstream} in a written call. {@link ObjectReader} replaces it with the settled upstream.
 *
 * @param key the key of the upstream
 */
record SettledReference(String key) implements Serializable {}
