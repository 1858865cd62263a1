/**
 * Configuration items: reading, editing, history.
 *
 * Purpose: the pages around an item. Nothing is published that was not shown as a difference to the current version before; the text
 * travels with the forms, so nothing is lost when the server refuses it, when somebody else was faster, or when the
 * session ended. Must not know: services, users.
 */
@NullMarked
package dev.roster.console.configs;

import org.jspecify.annotations.NullMarked;
