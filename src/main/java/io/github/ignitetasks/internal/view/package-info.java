/** The view of one run, as JSON for the dashboard and the report. */
@NullMarked
package io.github.ignitetasks.internal.view;

import org.jspecify.annotations.NullMarked;
