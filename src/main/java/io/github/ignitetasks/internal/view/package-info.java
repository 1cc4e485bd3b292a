/** The view of one run or one grid, as JSON for the dashboard and the report. */
@NullMarked
package io.github.ignitetasks.internal.view;

import org.jspecify.annotations.NullMarked;
