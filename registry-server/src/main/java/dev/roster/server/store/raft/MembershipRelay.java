package dev.roster.server.store.raft;

import dev.roster.server.store.raft.MembershipChange.AddLearner;
import dev.roster.server.store.raft.MembershipChange.Promote;
import dev.roster.server.store.raft.MembershipChange.Remove;
import dev.roster.server.store.raft.MembershipChange.TransferLeadership;
import dev.roster.server.store.raft.MembershipRefusedException.Reason;
import io.atomix.cluster.MemberId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings changes of who takes part to the leader, whichever member is asked.
 *
 * <p>A question is a byte for the kind of change and the name of the member. The answer is empty when it is made, else the
 * reason, a line feed and a text. To be asked to take over is a byte too, which says whether a full disk matters.
 */
final class MembershipRelay {

    private static final String TAKE_OVER = "member/take-over";
    private static final byte ALWAYS = 0;
    private static final byte IF_ROOM = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final LeaderCall.Peers peers;
    private final LeaderCall call;
    private final Membership membership;
    private final Executor raftThread;
    private final Supplier<CompletableFuture<?>> takeOver;
    private final BooleanSupplier hasRoom;

    /**
     * Makes it.
     *
     * @param membership used on the Raft thread
     * @param takeOver has this member ask the leader for its office
     * @param hasRoom whether there is room on the disk of this member
     */
    MembershipRelay(LeaderCall.Peers peers, Membership membership, Executor raftThread,
            Supplier<CompletableFuture<?>> takeOver, BooleanSupplier hasRoom) {
        this.peers = peers;
        this.membership = membership;
        this.raftThread = raftThread;
        this.takeOver = takeOver;
        this.hasRoom = hasRoom;
        this.call = new LeaderCall(peers, "member/change", TIMEOUT,
                question -> CompletableFuture.completedFuture(question)
                        .thenComposeAsync(asked -> make(decode(asked)), raftThread)
                        .handle(MembershipRelay::answer));
    }

    /** Begins to answer the other members. */
    void open() {
        call.open();
        var _ = peers.communication().<byte[], byte[]>subscribe(TAKE_OVER, Function.identity(),
                this::takeOver, Function.identity());
    }

    private CompletableFuture<byte[]> takeOver(byte[] question) {
        boolean onlyIfRoom = question.length > 0 && question[0] == IF_ROOM;
        return onlyIfRoom && !hasRoom.getAsBoolean()
                ? CompletableFuture.failedFuture(new IllegalStateException("the disk of this member is nearly full"))
                : takeOver.get().thenApply(done -> new byte[0]);
    }

    /**
     * Has the leader make a change.
     *
     * @return completed when it is committed; fails with {@link MembershipRefusedException} when it was not made, and with
     *     {@link dev.roster.server.store.StoreUnavailableException} when there is no leader, or it did not say in time what
     *     became of it
     */
    CompletableFuture<Void> change(MembershipChange change) {
        return call.ask(encode(change)).thenAccept(answer -> {
            if (answer.length > 0) {
                String[] refusal = new String(answer, StandardCharsets.UTF_8).split("\n", 2);
                throw new CompletionException(
                        new MembershipRefusedException(Reason.valueOf(refusal[0]), refusal[1]));
            }
        });
    }

    private CompletableFuture<Void> make(MembershipChange change) {
        return switch (change) {
            case AddLearner add -> membership.add(add);
            case Promote promote -> membership.promote(promote);
            case Remove remove when membership.isSelf(remove.member()) -> leaveOffice();
            case Remove remove -> membership.remove(remove);
            case TransferLeadership transfer -> transfer(transfer);
        };
    }

    private CompletableFuture<Void> leaveOffice() {
        List<MemberId> successors = membership.successors();
        return successors.isEmpty()
                ? refused(Reason.MAJORITY_AT_RISK, "this member leads, and no other voter answers")
                : handOver(successors.getFirst()).thenComposeAsync(done -> refused(Reason.LEADER_CHANGED,
                        "it was the leader and has handed over to " + successors.getFirst().id()), raftThread);
    }

    private CompletableFuture<Void> transfer(TransferLeadership transfer) {
        if (membership.isSelf(transfer.member())) {
            return refused(Reason.NOTHING_TO_DO, transfer.member() + " leads already");
        }
        return membership.find(transfer.member())
                .map(member -> switch (member.getType()) {
                    case ACTIVE -> handOver(member.memberId());
                    default -> MembershipRelay.<Void>refused(Reason.UNKNOWN_MEMBER,
                            transfer.member() + " is a learner and can't lead");
                })
                .orElseGet(() -> refused(Reason.UNKNOWN_MEMBER, "there is no member " + transfer.member()));
    }

    /**
     * Has another voter lead that has room on its disk.
     *
     * @return tells whether one took over; it is false as well when this member doesn't lead
     */
    CompletableFuture<Boolean> handOver() {
        return CompletableFuture.completedFuture(membership)
                .thenApplyAsync(Membership::successors, raftThread)
                .thenCompose(this::offer);
    }

    private CompletableFuture<Boolean> offer(List<MemberId> voters) {
        return voters.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : handOver(voters.getFirst(), IF_ROOM).handle((done, error) -> error == null)
                        .thenCompose(took -> took
                                ? CompletableFuture.completedFuture(true)
                                : offer(voters.subList(1, voters.size())));
    }

    private CompletableFuture<Void> handOver(MemberId to) {
        return handOver(to, ALWAYS);
    }

    /** Asks a voter to take over; it asks back for the office, so that all is committed before this member gives it up. */
    private CompletableFuture<Void> handOver(MemberId to, byte condition) {
        return peers.communication().<byte[], byte[]>send(TAKE_OVER, new byte[]{condition}, Function.identity(),
                Function.identity(), to, TIMEOUT).handle((done, error) -> {
                    if (error != null) {
                        throw new CompletionException(new MembershipRefusedException(Reason.LEADER_CHANGED,
                                to.id() + " did not become the leader: it does not answer, or another was elected"));
                    }
                    return null;
                });
    }

    private static <T> CompletableFuture<T> refused(Reason reason, String message) {
        return CompletableFuture.failedFuture(new MembershipRefusedException(reason, message));
    }

    private static byte[] answer(Void done, Throwable error) {
        if (error == null) {
            return new byte[0];
        }
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        if (!(cause instanceof MembershipRefusedException refused)) {
            throw new CompletionException(cause);
        }
        return (refused.reason().name() + "\n" + refused.getMessage()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encode(MembershipChange change) {
        byte kind = switch (change) {
            case AddLearner add -> 0;
            case Promote promote -> 1;
            case Remove remove -> 2;
            case TransferLeadership transfer -> 3;
        };
        byte[] name = change.member().getBytes(StandardCharsets.UTF_8);
        byte[] question = new byte[1 + name.length];
        question[0] = kind;
        System.arraycopy(name, 0, question, 1, name.length);
        return question;
    }

    private static MembershipChange decode(byte[] question) {
        String member = new String(Arrays.copyOfRange(question, 1, question.length), StandardCharsets.UTF_8);
        return switch (question[0]) {
            case 0 -> new AddLearner(member);
            case 1 -> new Promote(member);
            case 2 -> new Remove(member);
            case 3 -> new TransferLeadership(member);
            default -> throw new IllegalArgumentException("change of kind " + question[0]);
        };
    }
}
