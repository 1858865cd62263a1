/**
 * Types that every part of the Roster API shares: pages and problem documents.
 *
 * The records of this module are the JSON of {@code /api/v1}, field by field, in camel case; times are RFC 3339 in UTC,
 * durations ISO 8601. They know no JSON library and no HTTP library.
 */
@NullMarked
package dev.roster.api;

import org.jspecify.annotations.NullMarked;
