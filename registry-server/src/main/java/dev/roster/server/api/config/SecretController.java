package dev.roster.server.api.config;

import dev.roster.api.config.MasterKeyRotation;
import dev.roster.api.config.SecretKey;
import dev.roster.api.config.SecretKeys;
import dev.roster.api.config.SecretRotation;
import dev.roster.server.config.secret.DataKey;
import dev.roster.server.config.secret.KeyRotation;
import dev.roster.server.config.secret.RotationState;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that encrypt secrets. */
@RestController
final class SecretController {
    private final KeyRotation rotation;
    private final ReadFence fence;

    SecretController(KeyRotation rotation, ReadFence fence) {
        this.rotation = rotation;
        this.fence = fence;
    }

    @GetMapping("/api/v1/namespaces/{namespace}/secret-keys")
    @RequiresRole(Role.ADMIN)
    ResponseEntity<SecretKeys> status(Caller caller, @PathVariable String namespace, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        fence.await(options.linearizable(), options.minRevision());
        return answer(where, rotation.status(caller, where));
    }

    @PostMapping("/api/v1/namespaces/{namespace}/secret-keys/rotation")
    @RequiresRole(Role.ADMIN)
    @Audited("secret.rotate-data-key")
    ResponseEntity<SecretKeys> rotate(Caller caller, @PathVariable String namespace) {
        NamespaceName where = new NamespaceName(namespace);
        return answer(where, rotation.rotate(caller, where));
    }

    @PostMapping("/api/v1/secret-master-key/rotation")
    @RequiresRole(Role.ADMIN)
    @Audited("secret.rotate-master-key")
    ResponseEntity<MasterKeyRotation> rotateMaster(Caller caller) {
        KeyRotation.Rewrapped done = rotation.rotateMasterKey(caller);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(fence.current()))
                .body(new MasterKeyRotation(done.masterKey(), done.rewrapped(), done.remaining()));
    }

    private static ResponseEntity<SecretKeys> answer(NamespaceName namespace, KeyRotation.Status status) {
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(status.revision()))
                .body(new SecretKeys(namespace.value(), status.current().isEmpty() ? null : status.current(),
                        status.keys().stream().map(SecretController::key).toList(),
                        status.rotation().map(SecretController::rotation).orElse(null)));
    }

    private static SecretKey key(KeyRotation.KeyStatus status) {
        DataKey key = status.key();
        return new SecretKey(key.id(), key.number(), key.createdAt(), key.createdBy(), key.wrapped().masterKey(),
                status.usable());
    }

    private static SecretRotation rotation(RotationState state) {
        return new SecretRotation(state.key(), state.startedAt(), state.checked(), state.reencrypted(),
                state.unreadable(), state.finishedAt());
    }
}
