package dev.roster.server.boot;

import dev.roster.server.boot.SrvLookup.Srv;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server on loopback that knows SRV records (RFC 1035, RFC 2782), by UDP. */
final class FakeDns implements AutoCloseable {
    private static final int HEADER_BYTES = 12;
    private static final int SRV = 33;
    private static final int IN = 1;
    private static final int POINTER_TO_QUESTION = 0xC000 | HEADER_BYTES;
    private static final int NAME_ERROR = 3;
    private static final int ANSWER = 0x8580;

    private final Map<String, List<Srv>> records = new ConcurrentHashMap<>();
    private final DatagramSocket socket;
    private volatile int refusal;

    FakeDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().name("fake-dns").start(this::serve);
    }

    /** Returns its address as {@link DnsSrvLookup} takes it. */
    String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    void put(String name, Srv... found) {
        records.put(name, List.of(found));
    }

    /** Answers with this response code from now on (RFC 1035 §4.1.1); 0 answers as it should. */
    void refuse(int code) {
        refusal = code;
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] query) throws IOException {
        StringBuilder name = new StringBuilder();
        int end = HEADER_BYTES;
        while (query[end] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII));
            end += query[end] + 1;
        }
        end += 5;
        List<Srv> found = refusal == 0 ? records.getOrDefault(name.toString(), List.of()) : List.of();
        int code = refusal == 0 && !records.containsKey(name.toString()) ? NAME_ERROR : refusal;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(ByteBuffer.wrap(query).getShort());
            out.writeShort(ANSWER | code);
            out.writeShort(1);
            out.writeShort(found.size());
            out.writeInt(0);
            out.write(query, HEADER_BYTES, end - HEADER_BYTES);
            for (Srv each : found) {
                write(out, each);
            }
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Srv record) throws IOException {
        byte[] target = target(record.target());
        out.writeShort(POINTER_TO_QUESTION);
        out.writeShort(SRV);
        out.writeShort(IN);
        out.writeInt(5);
        out.writeShort(6 + target.length);
        out.writeShort(10);
        out.writeShort(20);
        out.writeShort(record.port());
        out.write(target);
    }

    private static byte[] target(String host) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : host.split("\\.")) {
            bytes.write(label.length());
            bytes.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
