package dev.roster.server.subscriber;

import dev.roster.server.cluster.Peers;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Tells who follows a service over all members, takes acknowledgements at any member, and waits for them. May be used by any
 * thread; each method waits for the members that it asks, two seconds at most.
 *
 * <h2>Why nobody is overlooked</h2>
 * A stream is noted before its first event is made, and a member answers only once it shows the revision that is waited for.
 * So a stream that is not among the answers begins with that revision or a later one. A reader whose stream has just ended
 * is still waited for, until it is back at whichever member, or is forgotten. A member that does not answer may have any
 * number of readers: it is named, and waiting goes on.
 */
public final class Audience {

    /** Most subscribers that a member tells at once. */
    public static final int MAX_SUBSCRIBERS = 1000;

    private static final String SUBSCRIBERS = "subscribers";
    private static final String ACKNOWLEDGE = "acknowledge";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);

    private static final int VERSION = 1;

    private final Subscribers own;
    private final Peers peers;
    private final Store store;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /**
     * Makes it, and begins to answer the other members.
     *
     * @param own the streams of this member
     * @param nanoTime measures for how long acknowledgements are waited for
     * @param pause between two looks at them
     */
    public Audience(Subscribers own, Peers peers, Store store, LongSupplier nanoTime, Pause pause) {
        this.own = own;
        this.peers = peers;
        this.store = store;
        this.nanoTime = nanoTime;
        this.pause = pause;
        peers.answer(SUBSCRIBERS, question -> answer(AudienceQuestion.decode(question)).encode());
        peers.answer(ACKNOWLEDGE, this::acknowledgeForAnother);
    }

    /**
     * Notes that the reader of a stream has taken in everything up to a revision, whichever member serves it.
     *
     * @return false if there is no such stream of this caller (any more)
     * @throws InvalidArgumentException if the stream can't have told the revision yet
     * @throws dev.roster.server.store.StoreUnavailableException if the member that serves it does not answer
     */
    public boolean acknowledge(Caller caller, WatchId watch, long revision) {
        caller.require(Role.READER);
        if (revision < 0) {
            throw tooLate(revision);
        }
        return switch (noted(caller, watch, revision)) {
            case NOTED -> true;
            case UNKNOWN -> false;
            case TOO_LATE -> throw tooLate(revision);
        };
    }

    /**
     * Tells who follows a service.
     *
     * @param limit most subscribers wanted, to {@link #MAX_SUBSCRIBERS}
     */
    public Attendance list(Caller caller, ServiceKey service, int limit) {
        caller.require(Role.READER);
        return ask(AudienceQuestion.everybody(service, limit));
    }

    /**
     * Waits until everybody who follows a service and acknowledges has acknowledged a revision, which this member shows.
     *
     * @param patience for how long
     * @param limit most subscribers wanted
     * @return who has not; nobody, if all have within the time
     */
    public Attendance await(Caller caller, ServiceKey service, long revision, Duration patience, int limit) {
        caller.require(Role.READER);
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        Duration next = FIRST_PAUSE;
        Set<SubscriberName> gone = new HashSet<>();
        while (true) {
            Attendance late = ask(new AudienceQuestion(service, true, revision, MAX_SUBSCRIBERS, gone));
            long left = deadline - nanoTime.getAsLong();
            if (late.isNobody() || left <= 0 || !sleep(Duration.ofNanos(Math.min(left, next.toNanos())))) {
                return cut(late, limit);
            }
            gone.addAll(gone(late));
            next = next.compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : next;
        }
    }

    private boolean sleep(Duration time) {
        try {
            pause.pause(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Attendance cut(Attendance all, int limit) {
        return new Attendance(all.acknowledging(), all.silent(), all.found(),
                all.subscribers().subList(0, Math.min(limit, all.subscribers().size())), all.unheard());
    }

    private static Set<SubscriberName> gone(Attendance late) {
        Set<SubscriberName> gone = new HashSet<>();
        for (Subscriber one : late.subscribers()) {
            SubscriberName name = one.name();
            if (name != null && !one.connected()) {
                gone.add(name);
            }
        }
        return gone;
    }

    /** Asks all members. Those that have gone from one and are back at another count as the other says. */
    private Attendance ask(AudienceQuestion question) {
        byte[] encoded = question.encode();
        Map<String, CompletableFuture<byte[]>> asked = new HashMap<>();
        peers.others().forEach(member -> asked.put(member, peers.ask(member, SUBSCRIBERS, encoded)));
        List<AudienceAnswer> answers = new ArrayList<>();
        answers.add(answer(question));
        Set<String> unheard = new TreeSet<>();
        asked.forEach((member, answer) -> {
            try {
                answers.add(AudienceAnswer.decode(Outcome.await(answer)));
            } catch (StoreException | CorruptStateException e) {
                unheard.add(member);
            }
        });
        return join(answers, question.limit(), unheard);
    }

    private static Attendance join(List<AudienceAnswer> answers, int limit, Set<String> unheard) {
        Set<SubscriberName> back = new HashSet<>();
        answers.forEach(answer -> back.addAll(answer.present()));
        int acknowledging = 0;
        int silent = 0;
        int found = 0;
        List<Subscriber> subscribers = new ArrayList<>();
        for (AudienceAnswer answer : answers) {
            List<Subscriber> counted = answer.subscribers().stream().filter(one -> one.connected() || !isIn(one, back))
                    .toList();
            int elsewhere = answer.subscribers().size() - counted.size();
            acknowledging += answer.acknowledging() - elsewhere;
            silent += answer.silent();
            found += answer.found() - elsewhere;
            subscribers.addAll(counted);
        }
        subscribers.sort(Subscriber.BY_LAG);
        return new Attendance(acknowledging, silent, found,
                subscribers.subList(0, Math.min(limit, subscribers.size())), unheard);
    }

    private static boolean isIn(Subscriber one, Set<SubscriberName> names) {
        SubscriberName name = one.name();
        return name != null && names.contains(name);
    }

    private AudienceAnswer answer(AudienceQuestion question) {
        if (store.view().revision().value() < question.revision()) {
            ReadView _ = Outcome.await(store.viewNotBefore(new Revision(question.revision())));
        }
        return AudienceAnswer.of(question, own.of(question.service()));
    }

    /** What became of an acknowledgement. */
    private enum Noted {
        NOTED, UNKNOWN, TOO_LATE
    }

    private Noted noted(Caller caller, WatchId watch, long revision) {
        if (watch.member().equals(peers.self())) {
            return note(caller.name(), watch, revision);
        }
        if (!peers.others().contains(watch.member())) {
            return Noted.UNKNOWN;
        }
        byte[] question = new ValueWriter(VERSION).text(caller.name()).text(watch.toString()).number(revision)
                .toBytes();
        byte[] answer = Outcome.await(peers.ask(watch.member(), ACKNOWLEDGE, question));
        return new ValueReader(answer, VERSION).choice("noted", Noted.class);
    }

    private byte[] acknowledgeForAnother(byte[] question) {
        ValueReader reader = new ValueReader(question, VERSION);
        Noted noted = note(reader.text("caller"), WatchId.parse(reader.text("watch")), reader.number("revision"));
        reader.end();
        return new ValueWriter(VERSION).choice(noted).toBytes();
    }

    private Noted note(String caller, WatchId watch, long revision) {
        if (revision > store.view().revision().value()) {
            return Noted.TOO_LATE;
        }
        return own.acknowledge(caller, watch, new Revision(revision)) ? Noted.NOTED : Noted.UNKNOWN;
    }

    private static InvalidArgumentException tooLate(long revision) {
        return new InvalidArgumentException("revision", revision, "the revision of an event of the stream");
    }
}
