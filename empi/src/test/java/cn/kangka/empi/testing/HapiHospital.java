package cn.kangka.empi.testing;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A hospital whose interface is HAPI's own server: it parses what it gets, and lets HAPI acknowledge it. */
public final class HapiHospital {
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private int port;

    /** A context with threads of its own: closing one with the default ones ends all others. */
    public static HapiContext context() {
        HapiContext context = new DefaultHapiContext(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "hapi");
            thread.setDaemon(true);
            return thread;
        }));
        // Character sets by MSH-18; HAPI's default is ASCII.
        context.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        return context;
    }

    static HapiHospital start() {
        HapiHospital hospital = new HapiHospital();
        try (ServerSocket free = new ServerSocket(0)) {
            hospital.port = free.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        HL7Service server = context().newServer(hospital.port, false);
        server.registerApplication(hospital.new Acknowledging());
        server.start();
        return hospital;
    }

    int port() {
        return port;
    }

    /** Messages that came and that HAPI could parse, in order. */
    public List<Message> received() {
        return received;
    }

    private final class Acknowledging implements ReceivingApplication<Message> {
        @Override
        public Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
            received.add(message);
            try {
                return message.generateACK();
            } catch (IOException e) {
                throw new HL7Exception(e);
            }
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }
    }
}
