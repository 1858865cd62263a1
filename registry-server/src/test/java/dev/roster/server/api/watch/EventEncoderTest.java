package dev.roster.server.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.watch.WatchChange;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.feed.Change;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.Interventions;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.registry.Stability;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.web.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventEncoderTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private final JsonMapper json = mapper();
    private final EventEncoder encoder = EncoderFixture.encoder(json);
    private final InstanceKey key = new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("s")),
            new InstanceId("i"));
    private final RegisteredInstance instance = new RegisteredInstance(key,
            new Registration("h", 1, true, Registration.DEFAULT_TTL, null, Map.of("a", "b\n\"")), List.of(),
            Interventions.NONE, TIME, TIME, TIME, Stability.STEADY, 9);
    private final ItemKey item = new ItemKey(NamespaceName.DEFAULT, new ItemName("x"));
    private final Release release = new Release(item, new ReleaseEntry(2, ReleaseEntry.Action.PUBLISHED,
            DocumentFormat.YAML, "00", null, null, TIME, "ann", 9), "a: \u00e4\r\n\u2028");

    @Test
    void writesAChangeAsItsRecord() {
        Change change = new Change(9, List.of(),
                List.of(new InstanceEvent(key, instance), new InstanceEvent(key(2), null)),
                List.of(new ItemStatus(item, release),
                        new ItemStatus(new ItemKey(NamespaceName.DEFAULT, new ItemName("y")),
                                null)));

        String event = new String(encoder.change(change, EncoderFixture.READER), StandardCharsets.UTF_8);

        String[] lines = event.split("\n", -1);
        assertThat(lines).hasSize(5);
        assertThat(lines[0]).isEqualTo("id: 9");
        assertThat(lines[1]).isEqualTo("event: change");
        WatchChange read = json.readValue(lines[2].substring("data: ".length()), WatchChange.class);
        assertThat(read.revision()).isEqualTo(9);
        assertThat(read.instances()).containsExactly(
                new WatchChange.InstanceChange("default", "s", "i", RegistryRecords.instance(instance)),
                new WatchChange.InstanceChange("default", "s", "i2", null));
        assertThat(read.configs().getFirst().item()).isEqualTo(ConfigRecords.item(release));
        assertThat(read.configs().getLast().item()).isNull();
        assertThat(json.readTree(lines[2].substring(6))).isEqualTo(json.readTree(json.writeValueAsString(read)));
    }

    @Test
    void tellsApartWhatHappenedAtDifferentRevisions() {
        byte[] there = encoder.change(new Change(9, List.of(), List.of(new InstanceEvent(key, instance)), List.of()),
                EncoderFixture.READER);
        byte[] gone = encoder.change(new Change(10, List.of(), List.of(new InstanceEvent(key, null)), List.of()),
                EncoderFixture.READER);

        assertThat(new String(there, StandardCharsets.UTF_8)).contains("\"host\":\"h\"");
        assertThat(new String(gone, StandardCharsets.UTF_8)).contains("\"id\":\"i\"").doesNotContain("host");
    }

    @Test
    void letsReadersOfTheSameChangeShareItsBytes() {
        Change change = new Change(9, List.of(), List.of(), List.of(new ItemStatus(item, release)));

        assertThat(encoder.change(change, EncoderFixture.READER))
                .isSameAs(encoder.change(new Change(9, List.of(), List.of(), change.items()),
                        EncoderFixture.READER));
    }

    @Test
    void tellsApartWhatAGrayReleaseGivesToSome() {
        Release staged = new Release(item, new ReleaseEntry(3, ReleaseEntry.Action.STAGED, DocumentFormat.YAML, "01",
                null, null, TIME, "ann", 9), "a: staged");

        byte[] some = encoder.change(new Change(9, List.of(), List.of(), List.of(new ItemStatus(item, staged))),
                EncoderFixture.READER);
        byte[] others = encoder.change(new Change(9, List.of(), List.of(), List.of(new ItemStatus(item, release))),
                EncoderFixture.READER);

        assertThat(new String(some, StandardCharsets.UTF_8)).contains("\"version\":3", "a: staged");
        assertThat(new String(others, StandardCharsets.UTF_8)).contains("\"version\":2");
    }

    private InstanceKey key(int number) {
        return new InstanceKey(key.service(), new InstanceId("i" + number));
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        StrictJson.configure(builder);
        return builder.build();
    }
}
