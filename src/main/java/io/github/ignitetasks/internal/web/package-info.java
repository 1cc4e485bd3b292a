/** The web server of the dashboard: who may see it, and how browsers get the page and its data. */
@NullMarked
package io.github.ignitetasks.internal.web;

import org.jspecify.annotations.NullMarked;
