/**
 * Secrets within documents: envelope encryption of values, by a data key for each namespace that a master key wraps.
 *
 * <p>Offers {@link dev.roster.server.config.secret.SecretVault}, which encrypts what authors have marked, decrypts it, and
 * masks it; and {@link dev.roster.server.config.secret.KeyWrapping}, which whoever keeps master keys implements. Knows how
 * documents are written, neither items nor versions.
 *
 * <p>An author marks a value with {@code {secret}} in front. What is stored is {@code {cipher}rs1.} and, in base64url, the id of
 * the data key (8 bytes), a nonce (12 bytes) and what AES-256-GCM makes of the value, padded to 32 bytes. It is bound to
 * namespace, item and path of the property: at another place it does not decrypt.
 *
 * <p>Keys:
 * <ul>
 * <li>{@code config/secret-key/<namespace>/<id, 16 hexadecimal digits>}: a data key, wrapped; never in the clear
 * <li>{@code config/secret-current/<namespace>}: the id of the one that encrypts. Whatever writes a secret does so on condition
 * that this has not changed, so once another key encrypts no value comes under the old one any more
 * <li>{@code config/secret-rotation/<namespace>}: how far the re-encryption by the present key is
 * </ul>
 * Values are records of {@link dev.roster.server.store.ValueWriter}, version 1.
 */
@NullMarked
package dev.roster.server.config.secret;

import org.jspecify.annotations.NullMarked;
