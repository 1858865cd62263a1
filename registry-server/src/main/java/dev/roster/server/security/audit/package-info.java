/**
 * The audit log as the cluster keeps it: a chain of entries, each with a hash over itself and the one before.
 *
 * <p>Offers {@link dev.roster.server.security.audit.AuditedStore}, which stores a change together with its entry;
 * {@link dev.roster.server.security.audit.AuditQueue} for what is no change; {@link dev.roster.server.security.audit.AuditSealer},
 * which builds the chain; and {@link dev.roster.server.security.audit.AuditTrail}, which reads and verifies it. Knows no HTTP,
 * and nothing of what is changed beyond what was noted in {@link dev.roster.server.security.AuditContext}.
 *
 * <p>An entry is first stored under a key of its own, so that no two changes contend; a moment later the member that leads
 * takes those that wait, in the order of their revisions, and adds them to the one chain.
 *
 * <p>Keys:
 * <ul>
 * <li>{@code audit/pending/<milliseconds since 1970>-<random>}: an entry that is not in the chain yet
 * <li>{@code audit/entry/<number>}: an entry of the chain, with its hash and the one before; numbers begin at 1
 * <li>{@code audit/head}: number and hash of the last one
 * <li>{@code audit/anchor}: number and hash of the last one that was dropped, once one was
 * </ul>
 * Numbers and times are 16 hexadecimal digits. Values are records of {@link dev.roster.server.store.ValueWriter}, version 1.
 */
@NullMarked
package dev.roster.server.security.audit;

import org.jspecify.annotations.NullMarked;
