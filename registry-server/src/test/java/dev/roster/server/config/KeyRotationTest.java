package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.changeset.About;
import dev.roster.server.config.changeset.ChangeSet;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.SealedDrafts;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.DataKeyConflictException;
import dev.roster.server.config.secret.KeyRotation;
import dev.roster.server.config.secret.LocalKeyWrapping;
import dev.roster.server.config.secret.MasterKey;
import dev.roster.server.config.secret.MisplacedSecretException;
import dev.roster.server.config.secret.RotationState;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.security.SecretsRight;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Caller ADMIN = Callers.of(Role.ADMIN);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final NamespaceName NAMESPACE = new NamespaceName("default");
    private static final ItemKey ITEM = new ItemKey(NAMESPACE, new ItemName("orders"));

    private final LocalStore local = new LocalStore();
    private final List<MasterKey> masters = new CopyOnWriteArrayList<>(List.of(master(1)));
    private final LocalKeyWrapping wrapping = new LocalKeyWrapping(() -> masters, this::renew, new SecureRandom());
    private final SecretVault vault = vault();
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry(),
            vault);
    private final ChangeSets sets = new ChangeSets(local.store, local.clock, vault);
    private final KeyRotation rotation = new KeyRotation(local.store, vault, wrapping,
            List.of(new SealedVersions(), new SealedDrafts()), leads::get, local.clock);

    @AfterEach
    void close() {
        local.close();
    }

    private SecretVault vault() {
        return new SecretVault(local.store, wrapping, new SecureRandom(), local.clock, new SimpleMeterRegistry());
    }

    private static MasterKey master(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return new MasterKey(bytes);
    }

    private void renew() {
        masters.addFirst(master(masters.size() + 1));
    }

    private Release publish(String secret, Expectation expected) {
        return releases.publish(EDITOR, ITEM,
                new Publication(DocumentFormat.PROPERTIES, "password={secret}" + secret + "\n", null), expected)
                .release();
    }

    private String open(Release release) {
        return new ConfigSecrets(vault()).show(release, SecretForm.PLAIN).content();
    }

    private RotationState runToTheEnd() {
        for (int i = 0; i < 100; i++) {
            rotation.round();
        }
        return rotation.status(ADMIN, NAMESPACE).rotation().orElseThrow();
    }

    @Test
    void storesNoSecretAnywhere() {
        publish("hunter2", new Expectation.Unstated());
        ChangeSet set = sets.create(EDITOR, NAMESPACE, new About("t", null));
        sets.saveDraft(EDITOR, set.key(), set.number(), new ItemChange.Publish(ITEM,
                new Publication(DocumentFormat.JSON, "{\"p\": \"{secret}hunter2\"}", null),
                new Expectation.Version(1)));

        for (KeyValue stored : local.store.view().read(KeyRange.ALL, 1000).keys()) {
            assertThat(new String(stored.value().toBytes(), StandardCharsets.ISO_8859_1)).as("%s", stored.key())
                    .doesNotContain("hunter2");
        }
        assertThat(open(releases.getRelease(EDITOR, ITEM))).isEqualTo("password=hunter2\n");
    }

    @Test
    void encryptsEverythingAnewWhileAllOfItIsRead() {
        publish("one", new Expectation.Unstated());
        for (int version = 1; version < 60; version++) {
            publish("number " + version, new Expectation.Version(version));
        }
        ChangeSet set = sets.create(EDITOR, NAMESPACE, new About("t", null));
        set = sets.saveDraft(EDITOR, set.key(), set.number(), new ItemChange.Publish(ITEM,
                new Publication(DocumentFormat.YAML, "p: \"{secret}draft\"\n", null), new Expectation.Version(60)));
        List<Release> before = versions(60);
        List<String> plain = before.stream().map(this::open).toList();
        List<ItemStatus> told = new CopyOnWriteArrayList<>();
        String old = rotation.status(ADMIN, NAMESPACE).current();

        try (Watch watch = local.store.watch(List.of(ConfigChanges.range(ITEM)), new Revision(local.revision()),
                listener(told))) {
            KeyRotation.Status status = rotation.rotate(ADMIN, NAMESPACE);
            assertThat(status.current()).isNotEqualTo(old);
            assertThat(versions(60).stream().map(this::open)).isEqualTo(plain);
            rotation.round();
            assertThat(versions(60).stream().map(this::open)).isEqualTo(plain);

            RotationState done = runToTheEnd();

            assertThat(done.finishedAt()).isNotNull();
            assertThat(done.checked()).isEqualTo(61);
            assertThat(done.reencrypted()).isEqualTo(61);
            assertThat(done.unreadable()).isZero();
            publish("after", new Expectation.Version(60));
            Awaitility.await().until(() -> !told.isEmpty());
        }
        assertThat(told).as("only the new version").hasSize(1);
        List<Release> after = versions(60);
        assertThat(after.stream().map(this::open)).isEqualTo(plain);
        assertThat(after.stream().map(Release::entry)).isEqualTo(before.stream().map(Release::entry).toList());
        assertThat(after.stream().map(Release::content)).doesNotContainAnyElementsOf(
                before.stream().map(Release::content).toList());
        assertThat(rotation.status(ADMIN, NAMESPACE).keys()).hasSize(2);
    }

    private List<Release> versions(int count) {
        List<Release> all = new ArrayList<>();
        for (int version = 1; version <= count; version++) {
            all.add(releases.getVersion(EDITOR, ITEM, version));
        }
        return all;
    }

    private static WatchListener listener(List<ItemStatus> told) {
        return new WatchListener() {
            @Override
            public void onEvents(Revision revision, List<KeyEvent> events) {
                events.forEach(event -> ConfigChanges.decode(event).ifPresent(told::add));
            }

            @Override
            public void onProgress(Revision revision) {}

            @Override
            public void onCompacted(Revision oldest) {}
        };
    }

    @Test
    void keepsOneOlderKeyForWhatAnAuthorHasRead() {
        Release first = publish("x", new Expectation.Unstated());
        rotation.rotate(ADMIN, NAMESPACE);
        runToTheEnd();

        String given = releases.publish(EDITOR, ITEM,
                new Publication(DocumentFormat.PROPERTIES, first.content() + "a=1\n", null), new Expectation.Version(1))
                .release().content();
        assertThat(given).doesNotContain(first.content().strip());

        rotation.rotate(ADMIN, NAMESPACE);
        runToTheEnd();
        assertThat(rotation.status(ADMIN, NAMESPACE).keys()).hasSize(2);
        SecretVault restarted = vault();
        assertThatThrownBy(() -> new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry(), restarted)
                .publish(EDITOR, ITEM, new Publication(DocumentFormat.PROPERTIES, first.content(), null),
                        new Expectation.Version(2)))
                .isInstanceOf(MisplacedSecretException.class);
    }

    @Test
    void goesOnWhereAnotherLeaderWas() {
        for (int i = 0; i < 450; i++) {
            ItemKey item = new ItemKey(NAMESPACE, new ItemName("item" + i));
            releases.publish(EDITOR, item, new Publication(DocumentFormat.PROPERTIES, "p={secret}" + i, null),
                    new Expectation.Unstated());
        }
        leads.set(false);
        rotation.rotate(ADMIN, NAMESPACE);
        assertThat(runToTheEnd().checked()).as("this member does not lead").isZero();

        leads.set(true);
        RotationState done = runToTheEnd();

        assertThat(done.reencrypted()).isEqualTo(450);
        assertThat(done.finishedAt()).isNotNull();
    }

    @Test
    void restoresVersionsOfOlderKeys() {
        publish("one", new Expectation.Unstated());
        publish("two", new Expectation.Version(1));
        rotation.rotate(ADMIN, NAMESPACE);

        Release back = releases.rollBack(EDITOR, ITEM, 2L, 1, null);

        assertThat(open(back)).isEqualTo("password=one\n");
        RotationState done = runToTheEnd();
        assertThat(done.reencrypted()).as("the rollback was encrypted by the new key").isEqualTo(2);
    }

    @Test
    void replacesTheMasterKeyWithoutTouchingSecrets() {
        Release before = publish("x", new Expectation.Unstated());

        KeyRotation.Rewrapped done = rotation.rotateMasterKey(ADMIN);

        assertThat(done.masterKey()).isEqualTo(master(2).id());
        assertThat(done.rewrapped()).isEqualTo(1);
        assertThat(done.remaining()).isZero();
        assertThat(releases.getRelease(EDITOR, ITEM)).isEqualTo(before);
        masters.remove(1);
        assertThat(open(before)).as("without the older key, by a member that has nothing unwrapped")
                .isEqualTo("password=x\n");
        assertThat(rotation.status(ADMIN, NAMESPACE).keys()).allMatch(KeyRotation.KeyStatus::usable);
    }

    @Test
    void saysWhichKeysCannotBeUnwrapped() {
        publish("x", new Expectation.Unstated());
        masters.set(0, master(9));

        assertThat(rotation.status(ADMIN, NAMESPACE).keys()).noneMatch(KeyRotation.KeyStatus::usable);
    }

    @Test
    void rotatesForAdminsWhereThereIsASecret() {
        assertThatThrownBy(() -> rotation.rotate(ADMIN, NAMESPACE)).isInstanceOf(DataKeyConflictException.class);
        assertThatThrownBy(() -> rotation.rotate(EDITOR, NAMESPACE)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> rotation.rotateMasterKey(EDITOR)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> rotation.status(EDITOR, NAMESPACE)).isInstanceOf(ForbiddenException.class);
        assertThat(rotation.status(ADMIN, NAMESPACE).keys()).isEmpty();
    }

    @Test
    void showsSecretsToThoseWhoMayReadThem() {
        Release release = publish("x", new Expectation.Unstated());
        ConfigSecrets secrets = new ConfigSecrets(vault);
        Caller right = new Caller("app", Role.READER, Caller.Means.TOKEN, "127.0.0.1", null,
                SecretsRight.of(Set.of(NAMESPACE)));

        assertThat(secrets.show(ADMIN, release, null).content()).isEqualTo("password=" + SecretText.MASK + "\n");
        assertThat(secrets.show(ADMIN, release, SecretForm.CIPHER)).isEqualTo(release);
        assertThatThrownBy(() -> secrets.show(ADMIN, release, SecretForm.PLAIN)).isInstanceOf(ForbiddenException.class);
        assertThat(secrets.show(right, release, null).content()).isEqualTo("password=x\n");
        assertThat(secrets.show(right, release, SecretForm.MASKED).content()).contains(SecretText.MASK);
    }
}
