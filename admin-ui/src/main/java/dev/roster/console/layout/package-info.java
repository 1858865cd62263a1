/**
 * What surrounds every page.
 *
 * Purpose: the frame of a page ({@link dev.roster.console.layout.Shell}: who, which namespace, theme, language), messages that outlive a
 * redirect ({@link dev.roster.console.layout.Flash}), times ({@link dev.roster.console.layout.Moments}), preferences and
 * the namespace switcher. The template counterpart is {@code templates/console/layout}.
 *
 * Must not know: what a page is about.
 */
@NullMarked
package dev.roster.console.layout;

import org.jspecify.annotations.NullMarked;
