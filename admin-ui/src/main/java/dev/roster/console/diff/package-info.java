/**
 * Line by line differences between two documents, ready to be shown.
 *
 * Purpose: the mandatory review before a publication, comparison of versions, previews. Offers {@link
 * dev.roster.console.diff.LineDiff}, which gives {@link dev.roster.console.diff.Hunk hunks} for a unified or a
 * side-by-side table.
 *
 * The algorithm is our own and not a library's, for two reasons. First, the documents are up to 1 MiB and come from users:
 * plain Myers takes time and memory in the square of the number of differences, so an editor who pastes a different file
 * could stall the server. Here lines that occur once on both sides (as in patience diff) cut the task first, Myers works
 * only between them, and within a budget. Second, such anchors give the hunks that people expect of configuration.
 *
 * Must not know: configuration, Roster, HTTP, HTML. Pure functions, safe from every thread.
 */
@NullMarked
package dev.roster.console.diff;

import org.jspecify.annotations.NullMarked;
