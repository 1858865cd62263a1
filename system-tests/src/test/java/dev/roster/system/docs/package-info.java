/** The documents: their links lead somewhere, and what they list is what there is. Knows files only, no code of Roster's. */
@NullMarked
package dev.roster.system.docs;

import org.jspecify.annotations.NullMarked;
