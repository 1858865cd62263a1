package dev.roster.server.registry.check;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of {@code grpc.health.v1.Health/Check} (gRPC Health Checking Protocol, {@code health.proto}) in the form
 * of Protocol Buffers: the request has a text as field 1, the answer a number. Fields that are not known are passed over.
 */
final class HealthMessages {

    /** {@code ServingStatus.SERVING}. */
    static final int SERVING = 1;

    /** {@code ServingStatus.NOT_SERVING}. */
    static final int NOT_SERVING = 2;

    /** Asks how a service is; the answer is a {@code ServingStatus}. */
    static final MethodDescriptor<String, Integer> CHECK = MethodDescriptor.<String, Integer>newBuilder()
            .setType(MethodType.UNARY).setFullMethodName("grpc.health.v1.Health/Check")
            .setRequestMarshaller(new Request()).setResponseMarshaller(new Response()).build();

    private static final int FIELD_1 = 1 << 3;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int WIRE_TYPE = 0x7;

    /** A number of 64 bits has no more bytes. */
    private static final int MAX_VARINT_BYTES = 10;

    private HealthMessages() {}

    private static final class Request implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String service) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] name = service.getBytes(StandardCharsets.UTF_8);
            if (name.length > 0) {
                message.write(FIELD_1 | BYTES);
                int rest = name.length;
                for (; rest > 0x7F; rest >>>= 7) {
                    message.write((rest & 0x7F) | 0x80);
                }
                message.write(rest);
                message.writeBytes(name);
            }
            return new ByteArrayInputStream(message.toByteArray());
        }

        @Override
        public String parse(InputStream stream) {
            throw new UnsupportedOperationException("members ask, and are not asked");
        }
    }

    private static final class Response implements MethodDescriptor.Marshaller<Integer> {
        @Override
        public InputStream stream(Integer status) {
            throw new UnsupportedOperationException("members ask, and are not asked");
        }

        @Override
        public Integer parse(InputStream stream) {
            try {
                int status = 0;
                for (int octet = stream.read(); octet >= 0; octet = stream.read()) {
                    long tag = varint(octet, stream);
                    if (tag == (FIELD_1 | VARINT)) {
                        status = (int) varint(stream.read(), stream);
                    } else {
                        pass(tag, stream);
                    }
                }
                return status;
            } catch (IOException e) {
                throw Status.INTERNAL.withDescription("the answer is no HealthCheckResponse").withCause(e)
                        .asRuntimeException();
            }
        }

        private static void pass(long tag, InputStream stream) throws IOException {
            switch ((int) tag & WIRE_TYPE) {
                case VARINT -> varint(stream.read(), stream);
                case FIXED_64 -> stream.skipNBytes(Long.BYTES);
                case BYTES -> stream.skipNBytes(varint(stream.read(), stream));
                case FIXED_32 -> stream.skipNBytes(Integer.BYTES);
                default -> throw new IOException("no such type");
            }
        }

        private static long varint(int first, InputStream stream) throws IOException {
            long value = 0;
            int octet = first;
            for (int i = 0; i < MAX_VARINT_BYTES; i++) {
                if (octet < 0) {
                    throw new IOException("the message ends too early");
                }
                value |= (octet & 0x7FL) << (7 * i);
                if ((octet & 0x80) == 0) {
                    return value;
                }
                octet = stream.read();
            }
            throw new IOException("the number is too long");
        }
    }
}
