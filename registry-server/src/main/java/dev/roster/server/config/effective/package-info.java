/**
 * What configuration means to an application: the properties that it ends up with, each with where it comes from, how two
 * such sets differ, and where a text or a property is.
 *
 * <p>Offers {@link dev.roster.server.config.effective.EffectiveConfigs} and
 * {@link dev.roster.server.config.effective.ConfigSearch}. Reads only, at one revision for each answer; keeps nothing. Which
 * items an application takes, and in which order, is what the starter does. Knows no HTTP.
 */
@NullMarked
package dev.roster.server.config.effective;

import org.jspecify.annotations.NullMarked;
