package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.internal.context.SettledUpstream;
import java.io.Serializable;

/**
 * What stands for a {@link SettledUpstream} in written calls. {@link ObjectReader} puts the settled upstream in its
 * place.
 *
 * @param key the key of the upstream
 */
record SettledReference(String key) implements Serializable {}
