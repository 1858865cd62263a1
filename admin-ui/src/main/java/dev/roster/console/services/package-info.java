/**
 * Services and their instances.
 *
 * Purpose: who is running, page by page. Must not know: configuration, users.
 */
@NullMarked
package dev.roster.console.services;

import org.jspecify.annotations.NullMarked;
