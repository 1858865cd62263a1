/**
 * The sample application inventory: says how much of an item is in stock. It registers with Roster and knows nobody.
 */
@NullMarked
package dev.roster.samples.inventory;

import org.jspecify.annotations.NullMarked;
