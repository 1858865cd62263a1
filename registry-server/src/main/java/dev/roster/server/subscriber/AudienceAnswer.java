package dev.roster.server.subscriber;

import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows of those who follow a service.
 *
 * @param acknowledging how many of them acknowledge, those included that have just gone
 * @param silent how many do not
 * @param found how many are as asked for
 * @param subscribers those, by how far they are behind, to the limit of the question
 * @param present those of the names asked for that are connected
 */
record AudienceAnswer(int acknowledging, int silent, int found, List<Subscriber> subscribers,
        Set<SubscriberName> present) {
    private static final int VERSION = 1;

    AudienceAnswer {
        subscribers = List.copyOf(subscribers);
        present = Set.copyOf(present);
    }

    /** Answers a question. */
    static AudienceAnswer of(AudienceQuestion question, List<Subscriber> all) {
        int acknowledging = (int) all.stream().filter(one -> one.name() != null).count();
        List<Subscriber> wanted = all.stream()
                .filter(one -> !question.lagging() || isBehind(one, question.revision()))
                .sorted(Subscriber.BY_LAG).toList();
        Set<SubscriberName> present = new HashSet<>();
        for (Subscriber one : all) {
            SubscriberName name = one.name();
            if (name != null && one.connected() && question.names().contains(name)) {
                present.add(name);
            }
        }
        return new AudienceAnswer(acknowledging, all.size() - acknowledging, wanted.size(),
                wanted.subList(0, Math.min(question.limit(), wanted.size())), present);
    }

    private static boolean isBehind(Subscriber one, long revision) {
        return one.name() != null && one.acknowledged() < revision;
    }

    byte[] encode() {
        ValueWriter writer = new ValueWriter(VERSION).number(acknowledging).number(silent).number(found)
                .count(subscribers.size());
        subscribers.forEach(one -> write(writer, one));
        return writer
                .texts(present.stream().map(SubscriberName::value).collect(Collectors.toCollection(TreeSet::new)))
                .toBytes();
    }

    static AudienceAnswer decode(byte[] bytes) {
        ValueReader reader = new ValueReader(bytes, VERSION);
        int acknowledging = Math.toIntExact(reader.number("acknowledging"));
        int silent = Math.toIntExact(reader.number("silent"));
        int found = Math.toIntExact(reader.number("found"));
        List<Subscriber> subscribers = new ArrayList<>();
        for (int left = reader.count("subscribers"); left > 0; left--) {
            subscribers.add(read(reader));
        }
        AudienceAnswer answer = new AudienceAnswer(acknowledging, silent, found, subscribers,
                reader.texts("present").stream().map(SubscriberName::new).collect(Collectors.toSet()));
        reader.end();
        return answer;
    }

    private static void write(ValueWriter writer, Subscriber one) {
        SubscriberName name = one.name();
        writer.text(one.watch().toString()).optionalText(name == null ? null : name.value()).text(one.caller())
                .text(one.address()).instant(one.since()).flag(one.connected()).number(one.acknowledged());
    }

    private static Subscriber read(ValueReader reader) {
        WatchId watch = WatchId.parse(reader.text("watch"));
        @Nullable
        String name = reader.optionalText("name");
        return new Subscriber(watch, name == null ? null : new SubscriberName(name), reader.text("caller"),
                reader.text("address"), reader.instant("since"), reader.flag("connected"),
                reader.number("acknowledged"));
    }
}
